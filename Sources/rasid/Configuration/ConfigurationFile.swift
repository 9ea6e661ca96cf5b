import Model
import TOMLKit

/// Reads a TOML file as a flat list of settings.
enum ConfigurationFile {
  struct Entry {
    var name: String
    var value: ConfigurationValue
    var origin: String
  }

  /// A configuration file is not larger than this.
  private static let fileBytesMax = 1 << 20

  /// - Parameter problems: what is wrong with single entries is added; a file that cannot be read at all throws.
  static func read(_ path: String, _ problems: inout [String]) throws -> [Entry] {
    let text: String
    do {
      let bytes = try WholeFile.read(PathBytes(path), bytesMax: fileBytesMax, as: "the configuration file")
      text = String(decoding: bytes, as: UTF8.self)
    } catch {
      throw ConfigurationLoader.Invalid(problems: ["\(error)"])
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationLoader.Invalid(
        problems: [
          "\(path), line \(error.source.begin.line), column \(error.source.begin.column): \(error.description)"
        ])
    }
    var entries: [Entry] = []
    for (section, content) in table {
      guard let content = content.table else {
        problems.append("\(path): \"\(section)\" stands outside a section; see `rasid config`")
        continue
      }
      for (key, value) in content {
        let name = "\(section).\(key)"
        guard ConfigurationKeys.all.contains(where: { $0.name == name }) else {
          problems.append("\(path): unknown key \"\(name)\"; `rasid config` lists all\(suggestion(for: name))")
          continue
        }
        guard let value = convert(value) else {
          problems.append("\(path): \(name) has a value of a kind that no key takes")
          continue
        }
        entries.append(Entry(name: name, value: value, origin: path))
      }
    }
    return entries
  }

  /// A known key that is at most two letters away.
  private static func suggestion(for name: String) -> String {
    let near = ConfigurationKeys.all.map(\.name).min { distance($0, name) < distance($1, name) }
    guard let near, distance(near, name) <= 2 else { return "" }
    return " (did you mean \"\(near)\"?)"
  }

  /// Levenshtein distance in bytes.
  private static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8), b = Array(b.utf8)
    var row = Array(0...b.count)
    for i in a.indices {
      var corner = row[0]
      row[0] = i + 1
      for j in b.indices {
        let next = min(row[j] + 1, row[j + 1] + 1, corner + (a[i] == b[j] ? 0 : 1))
        corner = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }

  private static func convert(_ value: any TOMLValueConvertible) -> ConfigurationValue? {
    if let string = value.string { return .string(string) }
    if let boolean = value.bool { return .boolean(boolean) }
    if let integer = value.int { return .integer(integer) }
    if let number = value.double { return .number(number) }
    if let list = value.array { return .list(list.compactMap(\.string)) }
    if let table = value.table {
      var lists: [String: [String]] = [:]
      for (key, value) in table {
        guard let list = value.array?.compactMap(\.string) ?? value.string.map({ [$0] }) else { return nil }
        lists[key] = list
      }
      return .table(lists)
    }
    return nil
  }
}
