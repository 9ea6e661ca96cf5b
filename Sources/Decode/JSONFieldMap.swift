/// Where the fields of a report are in a JSON record: for each, the paths to try in order, keys joined by dots (`source.name`).
///
/// Keys are compared as they stand, then without regard to ASCII case. The defaults know the shapes of common scrapers and interfaces:
/// NewsAPI, WordPress, JSON Feed, schema.org, Elasticsearch, Telegram and Twitter exports.
public struct JSONFieldMap: Sendable, Equatable {
  /// The headline.
  public var title = ["title", "headline", "name", "subject"]
  /// The text: a string, HTML, or an array of paragraphs.
  public var text = [
    "text", "full_text", "body", "content", "articleBody", "content_html", "content_text", "article", "story",
    "description",
    "summary", "abstract", "message",
  ]
  /// When it was published, in any form that dates are read in.
  public var published = [
    "published", "date_gmt", "date", "pubDate", "timestamp", "published_at", "publishedAt", "datePublished",
    "date_published",
    "publish_date", "publication_date", "pub_date", "created_at", "created", "time", "datetime",
  ]
  /// Who published it.
  public var outlet = [
    "outlet", "source", "site", "publisher", "site_name", "sitename", "source_name", "domain", "newspaper",
  ]
  /// Its author.
  public var author = ["author", "authors", "byline", "creator", "writer", "from", "user"]
  /// Its address.
  public var url = ["url", "link", "canonical_url", "source_url", "uri", "permalink", "href"]
  /// Where the records are when one object holds them all.
  public var items = [
    "articles", "items", "results", "documents", "docs", "reports", "entries", "posts", "news", "messages", "stories",
    "data",
    "hits.hits", "response.docs", "response.results", "data.items", "data.articles",
  ]
  /// What wraps each record.
  public var record = ["_source"]

  /// The defaults.
  public init() {}
}
