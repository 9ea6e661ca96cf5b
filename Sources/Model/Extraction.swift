/// What was found in one report.
public struct Extraction: Sendable {
  /// The entities, in the order of the text.
  public var mentions: [Mention]
  /// The events, in the order of the text.
  public var events: [Event]

  /// What was found.
  public init(mentions: [Mention] = [], events: [Event] = []) {
    self.mentions = mentions
    self.events = events
  }
}
