//! How many lines there are of each day, to say what fits.

use chrono::NaiveDate;

/// Lines by day, counted from the newest on.
#[derive(Debug, Default)]
pub struct Days {
    counts: Vec<(NaiveDate, usize)>,
    rows: usize,
}

impl Days {
    /// One more line: of the day that was counted last, or of an earlier one.
    pub fn count(&mut self, day: NaiveDate) {
        self.rows += 1;
        match self.counts.last_mut() {
            Some((last, rows)) if *last == day => *rows += 1,
            _ => self.counts.push((day, 1)),
        }
    }

    /// Lines so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The first and the last of the newest whole days that have at most so many lines, which are fewer than there are.
    pub fn newest(&self, rows: usize) -> Option<(NaiveDate, NaiveDate)> {
        let (mut sum, mut span) = (0, None);
        for (day, count) in &self.counts {
            sum += count;
            if sum > rows {
                break;
            }
            span = Some((*day, span.map_or(*day, |(_, to)| to)));
        }
        span
    }
}
