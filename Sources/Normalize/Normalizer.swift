import Arabic
import Model

/// The Normalize stage: text in, folded tokens and sentences out. Pure; one instance serves all lanes.
public struct Normalizer: Sendable {
  /// A normalizer.
  public init() {}

  /// Folds `text` (valid UTF-8), cuts it into tokens and the tokens into sentences. O(n), one pass over the bytes.
  public func normalize(_ text: [UInt8]) -> NormalizedText {
    var tokenizer = Tokenizer(textBytes: text.count)
    tokenizer.run(text)
    let language = Language.guess(tokenizer.tokens, folded: tokenizer.folded, text: text)
    let sentences = SentenceSplitter(tokens: tokenizer.tokens, folded: tokenizer.folded).split()
    return NormalizedText(
      folded: tokenizer.folded, tokens: tokenizer.tokens, sentences: sentences, language: language)
  }
}
