import Feed
import Logging
import Model
import Watch

#if canImport(Glibc)
  import Glibc
#endif

/// One file's way through the parallel part: read, then the pure stages. Never waits for another file.
struct Lane: Sendable {
  let inbox: PathBytes
  let deathsMax: Int
  let attempts: AttemptTable
  let known: KnownTexts
  let log: Logger

  func process(_ file: ArrivedFile, _ stages: Stages) -> LaneResult {
    LaneResult(file: file, outcome: outcome(file, stages))
  }

  private func outcome(_ file: ArrivedFile, _ stages: Stages) -> LaneResult.Outcome {
    let folder = inbox.appending(file.path).parent
    guard folder.withCString({ access($0, W_OK | X_OK) }) == 0 || errno == ENOENT else {
      log.error(
        "no right to move files out of \(folder.display); they stay there unread; give the daemon the right to write it"
      )
      return .notNow(.unreadable)
    }
    let bytesMax = stages.bytesMax
    switch FileReading.read(inbox.appending(file.path), bytesMax: bytesMax) {
    case .gone: return .nothing
    case .notReady: return .notNow(.later)
    case .special(let kind):
      log.warning("not read: \(file.path.display) is \(kind); only regular files are")
      return .nothing
    case .failed(let error):
      log.error("\(error); the file stays in the inbox and is tried again; give the daemon the right to read it")
      return .notNow(.unreadable)
    case .tooLarge(let identity):
      let limit = DecodeError.Limit(name: "decode.bytes_in_max", setting: bytesMax, figure: Int(identity.size))
      let error = DecodeError(
        code: "limit-bytes-in",
        message:
          "the file has \(identity.size) bytes, more than decode.bytes_in_max (\(bytesMax)); split it or raise the limit",
        limit: limit)
      // Too large to be hashed: it is named by its identity.
      let digest = Digest.sha256(Array("\(identity)".utf8))
      attempts.begin(file.slot, identity, deaths: 0)
      attempts.decoded(file.slot)
      return .rejected(
        Rejection(stage: "admission", error: error, attempts: 1),
        .init(identity: identity, bytes: [], digest: digest, received: .now()))
    case .content(let bytes, let identity):
      return decode(file, stages, bytes, identity)
    }
  }

  private func decode(
    _ file: ArrivedFile, _ stages: Stages, _ bytes: [UInt8], _ identity: FileIdentity
  ) -> LaneResult.Outcome {
    let original = LaneResult.Original(
      identity: identity, bytes: bytes, digest: .sha256(bytes), received: .now())
    let deaths = attempts.left[identity]?.deaths ?? 0
    attempts.begin(file.slot, identity, deaths: deaths)
    defer { attempts.decoded(file.slot) }
    guard deaths < deathsMax else {
      let error = DecodeError(
        code: "killed-the-process",
        message: "the daemon died \(deaths) times while reading this file; please report it with the file")
      return .rejected(Rejection(stage: "decode", error: error, attempts: deaths), original)
    }
    FaultPoint.decoding.pass()
    do throws(DecodeError) {
      let reports = try stages.prepare(
        bytes, path: file.path, digest: original.digest, received: original.received, known: known)
      return .reports(reports, original)
    } catch {
      return .rejected(Rejection(stage: "decode", error: error, attempts: deaths + 1), original)
    }
  }
}
