//! Numbers with right check digits, and with wrong ones.

/// The `n`-th INN of a legal entity: ten digits, the last one right.
pub fn inn(n: u32) -> String {
    let body = format!("{:09}", 262_200_000 + n % 700_000_000);
    format!("{body}{}", inn_digit(&body))
}

/// The `n`-th INN of a sole trader: twelve digits, the last two right.
pub fn sole_trader_inn(n: u32) -> String {
    let body = format!("{:010}", 2_600_000_000_u64 + u64::from(n));
    let body = format!("{body}{}", inn_digit(&body));
    format!("{body}{}", inn_digit(&body))
}

fn inn_digit(body: &str) -> u32 {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let weights = &WEIGHTS[WEIGHTS.len() - body.len()..];
    body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum::<u32>() % 11 % 10
}

/// `body` with its Luhn digit (ISO/IEC 7812-1, annex B).
pub fn luhn(body: &str) -> String {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, b)| {
            let digit = u32::from(b - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// The same digits with another last one.
pub fn with_wrong_check_digit(number: &str) -> String {
    let (body, last) = number.split_at(number.len() - 1);
    let last: u32 = last.parse().expect("a digit");
    format!("{body}{}", (last + 1) % 10)
}

/// An amount or a quantity as an integer of its smallest unit: `"1500.00"` is 150000, `"40.000"` is 40000.
pub fn units(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

/// Kopecks as the wire has them.
pub fn roubles(kopecks: i64) -> String {
    let sign = if kopecks < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", kopecks.abs() / 100, kopecks.abs() % 100)
}

/// Thousandths as the wire has them.
pub fn litres(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// What `quantity` costs at `price`, both as on the wire: half a kopeck rounds up.
pub fn cost(quantity: &str, price: &str) -> i64 {
    (units(quantity) * units(price) * 2 + 1000) / 2000
}
