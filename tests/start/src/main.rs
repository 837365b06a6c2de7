//! Measures the packages in a directory beside the bare function: sizes, the start, memory, the processor time of a call.
//! `--check` fails when a figure is not held.

use oktan_start::{Answer, Function, GLIBC_MAX, Memory, Package, SETTINGS, event, packages};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Starts of each function, taken in turns.
const STARTS: usize = 40;
/// Calls whose processor time is taken, and calls before them.
const CALLS: u32 = 2_000;
const CALLS_BEFORE: u32 = 200;

/// The figures to hold: the start in hundredths of the bare one's, kilobytes, bytes.
const START_MAX: u128 = 115;
const MEMORY_MAX_KB: u64 = 12 * 1024;
const ZIP_MAX: u64 = 3_000_000;
/// Of the function that writes papers: it brings its fonts along.
const ZIP_OF_DOCUMENTS_MAX: u64 = 6_000_000;

/// What was measured of one function.
struct Measured {
    package: Package,
    starts: Vec<Duration>,
    polling: Memory,
    asked: Memory,
    call: Duration,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|argument| argument == "--check");
    let dir = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("start [--check] <directory>")?;
    let mut measured = Vec::new();
    for package in packages(Path::new(dir))? {
        measured.push(measure(package)?);
    }
    for round in 0..=STARTS {
        for function in &mut measured {
            let start = Function::start(&function.package.binary, SETTINGS)?.start;
            if round > 0 {
                function.starts.push(start);
            }
        }
    }
    let bare = measured.iter_mut().find(|function| function.package.name == "bare").ok_or("no bare function")?;
    let bare = median(&mut bare.starts);
    println!(
        "| function | binary kB | zip kB | start ms (half of them) | of bare | RSS kB polling | asked | call µs |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut broken = Vec::new();
    for function in &mut measured {
        broken.extend(print(function, bare));
    }
    for figure in &broken {
        println!("not held: {figure}");
    }
    Ok(if check && !broken.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Everything but the starts.
fn measure(package: Package) -> Result<Measured, Box<dyn Error>> {
    let event = event::first(&package.name);
    let mut function = Function::start(&package.binary, SETTINGS)?;
    let polling = function.memory()?;
    let answer = function.ask(&event)?;
    let asked = function.memory()?;
    let mut call = Duration::ZERO;
    if let Answer::Response(_) = answer {
        for _ in 0..CALLS_BEFORE {
            function.ask(&event)?;
        }
        let before = function.processor_time()?;
        for _ in 0..CALLS {
            function.ask(&event)?;
        }
        call = (function.processor_time()? - before) / CALLS;
    }
    Ok(Measured { package, starts: Vec::new(), polling, asked, call })
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A row of the table; what it does not hold.
fn print(function: &mut Measured, bare: Duration) -> Vec<String> {
    let Package { name, binary_bytes, zip_bytes, glibc, .. } = &function.package;
    let start = median(&mut function.starts);
    let ratio = start.as_nanos() * 100 / bare.as_nanos();
    let of_bare = format!("{}.{:02}", ratio / 100, ratio % 100);
    let quarter = |n: usize| millis(function.starts[function.starts.len() * n / 4]);
    let call = match function.call {
        Duration::ZERO => "–".to_owned(),
        call => call.as_micros().to_string(),
    };
    println!(
        "| {name} | {} | {} | {} ({}–{}) | {of_bare} | {} | {} | {call} |",
        binary_bytes / 1000,
        zip_bytes / 1000,
        millis(start),
        quarter(1),
        quarter(3),
        function.polling.now_kb,
        function.asked.peak_kb,
    );
    let mut broken = Vec::new();
    let mut hold = |held: bool, what: String| {
        if !held && !name.starts_with("bare") {
            broken.push(format!("{name}: {what}"));
        }
    };
    hold(ratio <= START_MAX, format!("starts in {of_bare} of bare"));
    hold(function.polling.now_kb <= MEMORY_MAX_KB, format!("holds {} kB polling", function.polling.now_kb));
    let zip_max = if name == "documents" { ZIP_OF_DOCUMENTS_MAX } else { ZIP_MAX };
    hold(*zip_bytes <= zip_max, format!("its archive has {zip_bytes} bytes"));
    hold(*glibc <= GLIBC_MAX, format!("asks for glibc {}.{}", glibc.0, glibc.1));
    broken
}

fn millis(time: Duration) -> String {
    format!("{}.{:02}", time.as_millis(), time.as_micros() % 1000 / 10)
}
