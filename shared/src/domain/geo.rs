//! Places on the map, in whole millionths of a degree: nothing here is rounded by a float.

use std::fmt;

/// Millionths of a degree in a degree.
pub const DEGREE: i64 = 1_000_000;
/// Metres of a degree along a meridian, on average.
const METRES: i64 = 111_195;
/// Thousandths, in which the cosine is counted.
const THOUSAND: i64 = 1_000;

/// A point: millionths of a degree north and east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Point {
    /// −90 000 000 to 90 000 000.
    pub north: i64,
    /// −180 000 000 to 180 000 000.
    pub east: i64,
}

impl Point {
    /// From hundredths of a degree: `Point::at(4504, 4197)` is Stavropol.
    pub const fn at(north: i64, east: i64) -> Self {
        Self { north: north * 10_000, east: east * 10_000 }
    }

    /// From degrees as they are written, such as `45.0102` and `41.9311`; digits past the sixth decimal are dropped.
    /// None if they are no such numbers.
    pub fn parse(north: &str, east: &str) -> Option<Self> {
        let place = degrees(north).zip(degrees(east)).map(|(north, east)| Self { north, east });
        place.filter(|place| place.north.abs() <= 90 * DEGREE && place.east.abs() <= 180 * DEGREE)
    }

    /// Metres to another place in a straight line, within half a percent for places less than 500 km apart.
    pub fn metres_to(self, other: Self) -> i64 {
        let middle = (self.north + other.north) / 2;
        let north = (self.north - other.north) * METRES / DEGREE;
        let apart = (self.east - other.east + 540 * DEGREE).rem_euclid(360 * DEGREE) - 180 * DEGREE;
        let east = apart * METRES / DEGREE * cosine(middle) / THOUSAND;
        (north * north + east * east).isqrt()
    }
}

impl fmt::Display for Point {
    /// Degrees as [`Point::parse`] reads them, after a comma and a space the eastern ones.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = |degrees: i64| {
            let sign = if degrees < 0 { "-" } else { "" };
            format!("{sign}{}.{:06}", degrees.abs() / DEGREE, degrees.abs() % DEGREE)
        };
        write!(f, "{}, {}", written(self.north), written(self.east))
    }
}

/// The cosine of an angle up to a right one, in thousandths, by Bhaskara's formula: off by two thousandths at most.
pub fn cosine(angle: i64) -> i64 {
    let square = (angle / THOUSAND).pow(2);
    let half_turn = (180 * THOUSAND).pow(2);
    (half_turn - 4 * square) * THOUSAND / (half_turn + square)
}

/// Millionths of a degree, from a plain decimal.
fn degrees(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(decimals) || whole.len() > 3 {
        return None;
    }
    let millionths: String = decimals.chars().chain("000000".chars()).take(6).collect();
    Some(sign * (whole.parse::<i64>().ok()? * DEGREE + millionths.parse::<i64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn distances_are_those_of_the_great_circle() {
        let stavropol = Point::at(4504, 4197);
        let far = |north, east| stavropol.metres_to(Point::at(north, east)) / 1_000;
        assert_eq!(far(4504, 4197), 0);
        assert!((44..=47).contains(&far(4463, 4194)), "Nevinnomyssk: {}", far(4463, 4194));
        assert!((138..=143).contains(&far(4405, 4306)), "Pyatigorsk: {}", far(4405, 4306));
        assert!((1_215..=1_240).contains(&far(5575, 3762)), "Moscow: {}", far(5575, 3762));
    }

    #[test]
    fn the_date_line_is_no_wall() {
        assert!(Point::at(0, 17999).metres_to(Point::at(0, -17999)) < 3_000);
    }

    #[test]
    fn degrees_are_read_as_written() {
        let place = |north, east| Point::parse(north, east).map(|place| (place.north, place.east));
        assert_eq!(place("45.0102", "41.9311"), Some((45_010_200, 41_931_100)));
        assert_eq!(place("-0.5", "7"), Some((-500_000, 7_000_000)));
        assert_eq!(place("45.01020399", "41"), Some((45_010_203, 41_000_000)));
        for (north, east) in [("90.1", "0"), ("0", "180.000001"), ("", "1"), ("1", "+1"), ("1e1", "1"), ("1.", "1")] {
            assert_eq!(place(north, east), None, "{north}, {east}");
        }
    }

    proptest! {
        #[test]
        fn a_place_reads_back(north in -90_000_000i64..=90_000_000, east in -180_000_000i64..=180_000_000) {
            let place = Point { north, east };
            let text = place.to_string();
            let (north, east) = text.split_once(", ").unwrap();
            prop_assert_eq!(Point::parse(north, east).unwrap(), place);
        }

        #[test]
        fn as_far_there_as_back(
            a in (-90_000_000i64..=90_000_000, -180_000_000i64..=180_000_000),
            b in (-90_000_000i64..=90_000_000, -180_000_000i64..=180_000_000),
        ) {
            let (a, b) = (Point { north: a.0, east: a.1 }, Point { north: b.0, east: b.1 });
            prop_assert_eq!(a.metres_to(b), b.metres_to(a));
        }
    }
}
