import Model

/// What a page declares about its report: meta elements, OpenGraph, schema.org in attributes and in JSON-LD.
///
/// Where they differ, JSON-LD goes first (it is made for machines), then OpenGraph, then the older names.
struct HTMLMeta {
  private(set) var headline: [UInt8]?
  private(set) var ogTitle: [UInt8]?
  private(set) var published: Timestamp?
  private(set) var outlet: String?
  private(set) var author: String?
  private(set) var url: String?
  private(set) var articleBody: [UInt8]?

  private static let dateNames = [
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "pubdate",
    "publishdate",
    "publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.issued", "dcterms.date",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published", "date",
    "article_date_original",
    "originalpublicationdate", "og:published_time", "datecreated",
  ]
  private static let authorNames = [
    "author", "dc.creator", "parsely-author", "sailthru.author", "article:author", "byl",
  ]

  init(_ tree: MarkupTree, budget: Budget) {
    var meta: [String: [UInt8]] = [:]
    for node in tree.descendants(named: "meta") {
      let key = tree.string(node, "property") ?? tree.string(node, "name") ?? tree.string(node, "itemprop")
      guard let key, let content = tree.attribute(node, "content") else { continue }
      let line = ReportParts.oneLine(content)
      // The first of a name counts: templates repeat them for related items.
      if !line.isEmpty, meta[key.lowercased()] == nil { meta[key.lowercased()] = line }
    }
    let article = HTMLMeta.linkedArticle(tree, budget: budget)

    headline = article?.title
    ogTitle = meta["og:title"] ?? meta["twitter:title"] ?? meta["dc.title"]
    published = article?.published
    for name in HTMLMeta.dateNames where published == nil { published = meta[name].flatMap { DateReader.read($0) } }
    if published == nil { published = HTMLMeta.markedDate(tree) }
    outlet =
      article?.outlet ?? ReportParts.field(meta["og:site_name"] ?? meta["application-name"] ?? meta["dc.publisher"])
    author = article?.author
    for name in HTMLMeta.authorNames where author == nil {
      // Facebook's own advice is to put a profile's address there.
      if let value = meta[name], !value.starts(with: "http".utf8) { author = ReportParts.field(value) }
    }
    url = HTMLMeta.canonical(tree) ?? ReportParts.field(meta["og:url"]) ?? article?.url
    articleBody = article.flatMap { ReportParts.isBlank($0.body) ? nil : $0.body }
  }

  /// `itemprop=datePublished` on any element.
  private static func markedDate(_ tree: MarkupTree) -> Timestamp? {
    var found: Timestamp?
    tree.walk(0) { node in
      guard found == nil, tree.name(node) != nil, let property = tree.string(node, "itemprop"),
        property.lowercased() == "datepublished"
      else { return }
      for name in ["content", "datetime"] {
        if let value = tree.attribute(node, name) { found = found ?? DateReader.read(value) }
      }
      found = found ?? DateReader.read(ReportParts.oneLine(tree.allText(node)))
    }
    return found
  }

  private static func canonical(_ tree: MarkupTree) -> String? {
    for node in tree.descendants(named: "link") {
      guard let rel = tree.string(node, "rel"), rel.lowercased() == "canonical" else { continue }
      if let href = ReportParts.field(tree.attribute(node, "href")) { return href }
    }
    return nil
  }

  /// The first JSON-LD value of the page that is an article. A block that is not JSON is passed over, as search engines do.
  private static func linkedArticle(_ tree: MarkupTree, budget: Budget) -> ReportParts? {
    for node in tree.descendants(named: "script") {
      guard let type = tree.string(node, "type"), type.lowercased().hasPrefix("application/ld+json") else { continue }
      let scan = JSONScan(bytes: tree.allText(node), budget: budget)
      guard let values = try? scan.values(in: 0..<scan.bytes.count) else { continue }
      for range in values {
        guard let json = try? JSONTree(scan, range), let article = article(in: json.root, depth: 0) else { continue }
        return parts(article, budget: budget)
      }
    }
    return nil
  }

  /// schema.org's Article and what is below it that newsrooms use.
  private static let articleTypes: Set<String> = [
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "AskPublicNewsArticle", "ReviewNewsArticle", "Report", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting",
  ]

  private static func article(in value: JSONTree.Value, depth: Int) -> JSONTree.Value? {
    guard depth < 6 else { return nil }
    for element in value.elements {
      if let found = article(in: element, depth: depth + 1) { return found }
    }
    guard value.isObject else { return nil }
    let type = value["@type"]
    let types = (type?.elements ?? []) + (type.map { [$0] } ?? [])
    if types.contains(where: { $0.scalar.map { articleTypes.contains(String(decoding: $0, as: UTF8.self)) } == true }) {
      return value
    }
    for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
      if let inner = value[key], let found = article(in: inner, depth: depth + 1) { return found }
    }
    return nil
  }

  private static func parts(_ article: JSONTree.Value, budget: Budget) -> ReportParts {
    var parts = ReportParts()
    func line(_ path: String...) -> [UInt8]? {
      article.value(at: path)?.scalar.map { ReportParts.oneLine(HTMLFragment.text($0, budget: budget)) }
        .flatMap { $0.isEmpty ? nil : $0 }
    }
    parts.title = line("headline") ?? line("name")
    parts.published = (line("datePublished") ?? line("dateCreated")).flatMap { DateReader.read($0) }
    parts.outlet = ReportParts.field(line("publisher", "name") ?? line("publisher"))
    let authors = article["author"].map { $0.isArray ? $0.elements : [$0] } ?? []
    let names = authors.compactMap { ReportParts.field(($0["name"] ?? $0).scalar) }
    parts.author = names.isEmpty ? nil : names.joined(separator: ", ")
    parts.url = ReportParts.field(line("url") ?? line("mainEntityOfPage", "@id") ?? line("mainEntityOfPage"))
    if let body = article["articleBody"]?.scalar { parts.body = HTMLFragment.text(body, budget: budget) }
    return parts
  }
}
