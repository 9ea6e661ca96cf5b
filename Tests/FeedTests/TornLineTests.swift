import Foundation
import Model
import Testing

@testable import Feed

/// A line with every kind of JSON value that the encoder writes, and letters of one to four bytes.
private let line = #"""
  {"v":1,"seq":17,"id":"9f3c","source":{"file":"تقرير \"1\".txt","member":null,"repairs":[]},"report":{"text":"a\nب€😀\\\u0001"},"relation":{"kind":"excerpt","of":16,"containment":0.97,"flag":true,"other":false,"n":-1.5},"entities":[{"id":"n1","span":[70,74]},[]],"hash":"00"}
  """#

@Suite struct TornLineTests {
  @Test func everyPrefixIsCompletedToValidJSONMarkedTorn() throws {
    let bytes = Array(line.utf8)
    for cut in 1..<bytes.count {
      let prefix = bytes[..<cut]
      let completion = try #require(TornLine.completion(of: prefix), "cut at \(cut)")
      let whole = Array(prefix) + completion
      #expect(whole.last == 0x0A)
      #expect(String(validating: whole, as: UTF8.self) != nil, "cut at \(cut)")
      let value = try JSONSerialization.jsonObject(with: Data(whole.dropLast())) as? [String: Any]
      #expect(value?["torn"] as? Bool == true, "cut at \(cut): \(String(decoding: whole, as: UTF8.self))")
    }
  }

  @Test(arguments: [1, 17, 12_345_678] as [UInt64])
  func aLineThatWasCutAtAnyByteOfItsBeginningIsKnownByItsCompletion(_ sequence: UInt64) throws {
    let begun = Array("{\"v\":1,\"seq\":\(sequence),\"id\":\"9f3c".utf8)
    for cut in 1...begun.count {
      let completed = begun[..<cut] + (try #require(TornLine.completion(of: begun[..<cut]))).dropLast()
      completed.withUnsafeBufferPointer { line in
        #expect(FeedReader.isTorn(line, sequence: sequence), "cut at \(cut)")
        // Cut within the number, it may be the beginning of another one.
        if cut == begun.count { #expect(!FeedReader.isTorn(line, sequence: sequence + 1)) }
      }
    }
  }

  @Test func aWholeLineIsNotTorn() { #expect(TornLine.completion(of: Array(line.utf8)) == nil) }

  @Test(arguments: ["x", "{]", "{\"a\" 1", "[1", "{\"a\":tx", "\u{0}\u{0}\u{0}"])
  func whatIsNoBeginningOfALineIsRefused(_ text: String) {
    #expect(TornLine.completion(of: Array(text.utf8)) == nil)
  }
}
