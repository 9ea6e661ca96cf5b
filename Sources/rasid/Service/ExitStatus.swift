/// Exit statuses of the program, after sysexits.h where it has one.
enum ExitStatus {
  /// What was asked for was done, but some files were rejected or some check failed.
  static let problems: Int32 = 1
  /// The configuration or the lexicons are invalid (EX_CONFIG).
  static let configuration: Int32 = 78
  /// The feed was altered: a person must look (EX_DATAERR).
  static let altered: Int32 = 65
  /// Another instance is running, or a folder cannot be used (EX_UNAVAILABLE).
  static let unavailable: Int32 = 69
  /// Reading or writing failed (EX_IOERR).
  static let ioError: Int32 = 74
}
