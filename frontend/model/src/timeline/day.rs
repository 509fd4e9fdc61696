//! Local days, from a time and the zone's offset.

use parlor_shared::Millis;

/// A day of the calendar where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDay {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl LocalDay {
    /// The local day of `time`, `offset_minutes` east of UTC.
    #[must_use]
    pub fn of(time: Millis, offset_minutes: i32) -> Self {
        let local =
            i64::try_from(time).unwrap_or(i64::MAX / 2) + i64::from(offset_minutes) * 60_000;
        Self::from_days(local.div_euclid(86_400_000))
    }

    /// Howard Hinnant's `civil_from_days`: eras of 400 years, years from March.
    fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        Self { year, month: u8::try_from(month).unwrap_or(1), day: u8::try_from(day).unwrap_or(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::LocalDay;

    #[test]
    fn a_time_falls_on_the_day_of_its_zone() {
        let day = |year, month, day| LocalDay { year, month, day };
        assert_eq!(LocalDay::of(0, 0), day(1970, 1, 1));
        assert_eq!(LocalDay::of(0, -1), day(1969, 12, 31));
        assert_eq!(LocalDay::of(951_782_400_000, 0), day(2000, 2, 29));
        assert_eq!(LocalDay::of(1_798_761_599_000, 0), day(2026, 12, 31));
        assert_eq!(LocalDay::of(1_798_761_599_000, 480), day(2027, 1, 1));
    }
}
