import Testing

@testable import rasid

@Suite struct ArrivalOrderTests {
  private func all(_ order: inout ArrivalOrder<Int>) -> [Int] {
    var results: [Int] = []
    while let next = order.next() { results.append(next) }
    return results
  }

  @Test func resultsComeInTheOrderOfAdmission() {
    var order = ArrivalOrder<Int>()
    for number in [2, 3, 1, 5] { order.add(number, number: UInt64(number), now: 0) }
    let ready = all(&order)
    #expect(ready == [1, 2, 3])
    #expect(order.isWaiting)
  }

  @Test func noResultWaitsLongerThanTheDeadline() {
    var order = ArrivalOrder<Int>()
    // 1, 3 and 5 are slow; each would be waited for anew if the waiting began again behind the one before.
    for number in [2, 4, 6] { order.add(number, number: UInt64(number), now: 10) }
    let early = order.passOver(now: 109, deadline: 100)
    var passed: [UInt64] = []
    var results: [Int] = []
    while let number = order.passOver(now: 110, deadline: 100) {
      passed.append(number)
      results += all(&order)
    }
    #expect(early == nil)
    #expect(passed == [1, 3, 5])
    #expect(results == [2, 4, 6])
  }

  @Test func aResultThatWasPassedOverComesAtOnceWhenItIsThere() {
    var order = ArrivalOrder<Int>()
    order.add(2, number: 2, now: 0)
    let passed = order.passOver(now: 100, deadline: 100)
    let first = all(&order)
    order.add(1, number: 1, now: 200)
    let late = all(&order)
    #expect(passed == 1)
    #expect(first == [2])
    #expect(late == [1])
    #expect(!order.isWaiting)
  }
}
