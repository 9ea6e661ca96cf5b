import Model

/// Collects the phrases of all lexicons for a `PhraseTrie`.
struct PhraseTrieBuilder {
  private(set) var words = HashIndex(capacity: 65_536)
  private(set) var edges = HashIndex(capacity: 32_768)
  private(set) var roots: [Int32] = []
  private(set) var hasChildren: [Bool] = []
  private(set) var kinds: [UInt16] = []
  private var entries: [(node: Int32, payload: PhraseTrie.Payload)] = []

  /// Adds the phrase of these words (stable hashes of their folded letters).
  mutating func insert(_ phrase: some Collection<UInt64>, _ payload: PhraseTrie.Payload) {
    guard let first = phrase.first else { return }
    var node = rootNode(of: number(first))
    for hash in phrase.dropFirst() {
      let word = number(hash)
      let next = edges.value(PhraseTrie.edge(node, word), orInsert: Int32(kinds.count))
      if Int(next) == kinds.count { addNode() }
      hasChildren[Int(node)] = true
      node = next
    }
    kinds[Int(node)] |= payload.kind.bit
    entries.append((node, payload))
  }

  /// The payloads by node, in the order of insertion, and where those of each node begin (one entry more than nodes).
  func laidOut() -> (starts: [Int32], payloads: [PhraseTrie.Payload]) {
    var starts = [Int32](repeating: 0, count: kinds.count + 1)
    for (node, _) in entries { starts[Int(node) + 1] += 1 }
    for node in kinds.indices { starts[node + 1] += starts[node] }
    var next = starts
    var payloads = Array(
      repeating: PhraseTrie.Payload(kind: .context, form: [], index: 0), count: entries.count)
    for (node, payload) in entries {
      payloads[Int(next[Int(node)])] = payload
      next[Int(node)] += 1
    }
    return (starts, payloads)
  }

  private mutating func number(_ hash: UInt64) -> Int32 {
    let word = words.value(hash, orInsert: Int32(roots.count))
    if Int(word) == roots.count { roots.append(-1) }
    return word
  }

  private mutating func rootNode(of word: Int32) -> Int32 {
    if roots[Int(word)] < 0 {
      roots[Int(word)] = Int32(kinds.count)
      addNode()
    }
    return roots[Int(word)]
  }

  private mutating func addNode() {
    kinds.append(0)
    hasChildren.append(false)
  }
}
