import Model

/// Names of waiting files: within a folder in the order in which they came, and the folders by turns, so that many files in one of
/// them do not hold up a few in another.
struct FolderTurns {
  private var names: [PathBytes: ArraySlice<PathBytes>] = [:]
  /// The folders that have names here, each once; the first has its turn.
  private var turns: ArraySlice<PathBytes> = []
  private(set) var count = 0

  mutating func append(_ path: PathBytes) {
    let folder = path.parent
    if names[folder] == nil { turns.append(folder) }
    names[folder, default: []].append(path)
    count += 1
  }

  mutating func popFirst() -> PathBytes? {
    guard let folder = turns.popFirst(), let path = names[folder]?.popFirst() else { return nil }
    if names[folder]?.isEmpty == true { names[folder] = nil } else { turns.append(folder) }
    count -= 1
    return path
  }
}
