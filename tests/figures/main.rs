//! Figures: what is counted, raced, killed and recomputed from the raw rows. Each test prints its table with
//! `--nocapture`; docs/figures.md says how, and what was measured.

mod books;
mod books_saved;
mod books_usage;
mod check;
mod cost_fill;
mod cost_pages;
mod cost_row;
mod cost_tick;
mod crowd;
mod crowd_same;
mod crowd_stop;
mod demo;
mod dice;
mod durability;
mod exports;
mod fleet;
mod fleet_stop;
mod instances;
mod killer;
mod late;
mod midnight;
mod money;
mod money_acts;
mod money_sales;
mod polling;
mod process;
mod raw;
mod report;
mod secrets;
mod shares;
mod stale;
mod start;
mod terminals;
mod timing;
