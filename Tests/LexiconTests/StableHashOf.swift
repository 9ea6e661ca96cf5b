import Model

/// The hash by which the trie knows a folded word.
func StableHashOf(_ folded: [UInt8], _ range: Range<Int>) -> UInt64 { StableHash.hash(folded, in: range) }
