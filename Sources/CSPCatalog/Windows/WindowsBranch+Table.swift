extension WindowsBranch {
  /// Every branch that shipped to clients, ascending by build.
  ///
  /// Dates as of endoflife.date, which follows Microsoft's lifecycle pages.
  package static let all: [WindowsBranch] = [
    ten(10240, "1507", from: (2015, 7, 29), homePro: (2017, 5, 9), enterprise: (2017, 5, 9)),
    ten(10586, "1511", from: (2015, 11, 10), homePro: (2017, 10, 10), enterprise: (2017, 10, 10)),
    ten(14393, "1607", from: (2016, 8, 2), homePro: (2018, 4, 10), enterprise: (2019, 4, 9)),
    ten(15063, "1703", from: (2017, 4, 11), homePro: (2018, 10, 9), enterprise: (2019, 10, 8)),
    ten(16299, "1709", from: (2017, 10, 17), homePro: (2019, 4, 9), enterprise: (2020, 10, 13)),
    ten(17134, "1803", from: (2018, 4, 30), homePro: (2019, 11, 12), enterprise: (2021, 5, 11)),
    ten(17763, "1809", from: (2018, 11, 13), homePro: (2020, 11, 10), enterprise: (2021, 5, 11)),
    ten(18362, "1903", from: (2019, 5, 21), homePro: (2020, 12, 8), enterprise: (2020, 12, 8)),
    ten(18363, "1909", from: (2019, 11, 12), homePro: (2021, 5, 11), enterprise: (2022, 5, 10)),
    ten(19041, "2004", from: (2020, 5, 27), homePro: (2021, 12, 14), enterprise: (2021, 12, 14)),
    ten(19042, "20H2", from: (2020, 10, 20), homePro: (2022, 5, 10), enterprise: (2023, 5, 9)),
    ten(19043, "21H1", from: (2021, 5, 18), homePro: (2022, 12, 13), enterprise: (2022, 12, 13)),
    ten(19044, "21H2", from: (2021, 11, 16), homePro: (2023, 6, 13), enterprise: (2024, 6, 11)),
    ten(19045, "22H2", from: (2022, 10, 18), homePro: (2025, 10, 14), enterprise: (2025, 10, 14)),
    eleven(22000, "21H2", from: (2021, 10, 4), homePro: (2023, 10, 10), enterprise: (2024, 10, 8)),
    eleven(22621, "22H2", from: (2022, 9, 20), homePro: (2024, 10, 8), enterprise: (2025, 10, 14)),
    eleven(22631, "23H2", from: (2023, 10, 31), homePro: (2025, 11, 11), enterprise: (2026, 11, 10)),
    eleven(26100, "24H2", from: (2024, 10, 1), homePro: (2026, 10, 13), enterprise: (2027, 10, 12)),
    eleven(26200, "25H2", from: (2025, 9, 30), homePro: (2027, 10, 12), enterprise: (2028, 10, 10)),
    eleven(28000, "26H1", from: (2026, 2, 10), homePro: (2028, 3, 14), enterprise: (2029, 3, 13)),
  ]

  private typealias Day = (Int, Int, Int)

  private static func ten(
    _ build: UInt32, _ version: String, from: Day, homePro: Day, enterprise: Day
  ) -> WindowsBranch {
    branch(.windows10, build, version, from, homePro, enterprise)
  }

  private static func eleven(
    _ build: UInt32, _ version: String, from: Day, homePro: Day, enterprise: Day
  ) -> WindowsBranch {
    branch(.windows11, build, version, from, homePro, enterprise)
  }

  private static func branch(
    _ product: Product, _ build: UInt32, _ version: String, _ from: Day, _ homePro: Day, _ enterprise: Day
  ) -> WindowsBranch {
    WindowsBranch(
      build: build, product: product, version: version, released: CalendarDate(known: from.0, from.1, from.2),
      endOfHomePro: CalendarDate(known: homePro.0, homePro.1, homePro.2),
      endOfEnterprise: CalendarDate(known: enterprise.0, enterprise.1, enterprise.2))
  }
}
