/// Why a file could not be read as reports. Always permanent: the same bytes fail the same way.
public struct DecodeError: Error, Sendable, Equatable {
  /// A stable word for programs: `not-text`, `encrypted`, `limit-members`, `no-text-layer` …
  public var code: String
  /// A sentence for people: what, where, and what can be done.
  public var message: String
  /// Byte offset into the file (or member) where it shows, if there is one place.
  public var byteOffset: Int?
  /// The limit that was exceeded, if it was one.
  public var limit: Limit?

  /// A named limit, its setting and the figure that broke it.
  public struct Limit: Sendable, Equatable {
    /// Configuration key.
    public var name: String
    /// Its setting.
    public var setting: Int
    /// What the file asked for, as far as it was read.
    public var figure: Int

    /// The limit `name`, set to `setting`, met `figure`.
    public init(name: String, setting: Int, figure: Int) {
      self.name = name
      self.setting = setting
      self.figure = figure
    }
  }

  /// A reason with its code and message.
  public init(code: String, message: String, byteOffset: Int? = nil, limit: Limit? = nil) {
    self.code = code
    self.message = message
    self.byteOffset = byteOffset
    self.limit = limit
  }
}
