//! The holds of a card in few bytes: the card's row is written at every fill and should stay within one kilobyte.
//!
//! A version, then hold after hold: fixed bytes for identifiers, LEB128 varints for numbers, zigzag where they may be
//! below zero, instants relative to the decision's.

use super::{Hold, LimitNote, Reason, ReasonCode};
use crate::domain::card::Funding;
use crate::domain::ids::{RequestId, StationCode, TerminalId};
use crate::domain::invalid::Invalid;
use crate::domain::money::Kopecks;
use crate::domain::product::{ProductIx, ProductSet};
use crate::domain::promotion::TermsId;
use crate::domain::quantity::Millilitres;
use crate::domain::rules::{Cap, Measure};
use crate::domain::usage::{put_varint, take_varint};
use crate::domain::window::Period;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// The version of the form; moves with anything below and with the order of [`ReasonCode`].
const FORMAT: u8 = 1;

/// The holds in a compact form for the card's row, about 60 bytes each, 80 with a shortfall.
pub fn pack_holds(holds: &[Hold]) -> Vec<u8> {
    let mut bytes = vec![FORMAT];
    for hold in holds {
        put_hold(&mut bytes, hold);
    }
    bytes
}

/// Reads what [`pack_holds`] wrote; no bytes at all are no holds.
///
/// # Errors
/// `holds_malformed`.
pub fn unpack_holds(bytes: &[u8]) -> Result<Vec<Hold>, Invalid> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    take_holds(bytes).ok_or_else(|| Invalid::new("holds_malformed", "these are not a card's holds"))
}

/// The reasons of a decline in a compact form, about 20 bytes each: twenty limits may refuse at once, and the row should
/// stay within one kilobyte.
pub fn pack_reasons(reasons: &[Reason], since: DateTime<Utc>) -> Vec<u8> {
    let mut bytes = vec![FORMAT];
    reasons.iter().for_each(|reason| put_reason(&mut bytes, reason, since));
    bytes
}

/// Reads what [`pack_reasons`] wrote with the same `since`.
///
/// # Errors
/// `reasons_malformed`.
pub fn unpack_reasons(bytes: &[u8], since: DateTime<Utc>) -> Result<Vec<Reason>, Invalid> {
    take_reasons(bytes, since).ok_or_else(|| Invalid::new("reasons_malformed", "these are not a decline's reasons"))
}

fn take_reasons(bytes: &[u8], since: DateTime<Utc>) -> Option<Vec<Reason>> {
    let mut rest = Bytes(bytes.strip_prefix(&[FORMAT])?);
    let mut reasons = Vec::new();
    while !rest.0.is_empty() {
        reasons.push(rest.reason(since)?);
    }
    Some(reasons)
}

fn take_holds(bytes: &[u8]) -> Option<Vec<Hold>> {
    let mut rest = Bytes(bytes.strip_prefix(&[FORMAT])?);
    let mut holds = Vec::new();
    while !rest.0.is_empty() {
        holds.push(rest.hold()?);
    }
    Some(holds)
}

const HAS_LIST_PRICE: u8 = 1;
const HAS_ODOMETER: u8 = 2;
const HAS_SHORTFALL: u8 = 4;
const FROM_PURSE: u8 = 8;
const BY_EXCEPTION: u8 = 16;
const WITH_PROMOTIONS: u8 = 32;

fn put_hold(bytes: &mut Vec<u8>, hold: &Hold) {
    let flag = |bit: u8, is_so: bool| if is_so { bit } else { 0 };
    bytes.push(
        flag(HAS_LIST_PRICE, hold.list_price.is_some())
            | flag(HAS_ODOMETER, hold.odometer.is_some())
            | flag(HAS_SHORTFALL, hold.shortfall.is_some())
            | flag(FROM_PURSE, hold.funding == Funding::Purse)
            | flag(BY_EXCEPTION, hold.exception.is_some())
            | flag(WITH_PROMOTIONS, !hold.promotions.is_empty()),
    );
    bytes.extend_from_slice(hold.request.get().as_bytes());
    bytes.extend_from_slice(&hold.fingerprint);
    bytes.extend(terminal_bytes(&hold.terminal));
    put_varint(bytes, u64::try_from(hold.station.as_str().len()).unwrap_or(0));
    bytes.extend_from_slice(hold.station.as_str().as_bytes());
    bytes.push(hold.product.get());
    put_signed(bytes, hold.asked.get());
    put_signed(bytes, hold.quantity.get());
    put_signed(bytes, hold.amount.get());
    put_signed(bytes, hold.price.get());
    hold.list_price.iter().for_each(|price| put_signed(bytes, price.get()));
    hold.odometer.iter().for_each(|km| put_varint(bytes, u64::from(*km)));
    put_signed(bytes, hold.authorized_at.timestamp_millis());
    put_since(bytes, hold.requested_at, hold.authorized_at);
    put_since(bytes, hold.expires_at, hold.authorized_at);
    put_signed(bytes, i64::from(hold.offset_minutes));
    hold.shortfall.iter().for_each(|reason| put_reason(bytes, reason, hold.authorized_at));
    hold.exception.iter().for_each(|number| put_varint(bytes, u64::from(*number)));
    if !hold.promotions.is_empty() {
        put_promotions(bytes, &hold.promotions);
    }
}

/// How many, the first, and how far each is from the one before, in order: terms that hold at the same time are of about one
/// age.
fn put_promotions(bytes: &mut Vec<u8>, promotions: &[TermsId]) {
    put_varint(bytes, u64::try_from(promotions.len()).unwrap_or(0));
    let mut before = 0;
    for terms in promotions {
        put_varint(bytes, u64::from(terms.get().saturating_sub(before)));
        before = terms.get();
    }
}

fn put_reason(bytes: &mut Vec<u8>, reason: &Reason, since: DateTime<Utc>) {
    bytes.push(place(ReasonCode::ALL, reason.code));
    put_signed(bytes, reason.max_quantity.get());
    let Some(limit) = &reason.limit else {
        return bytes.push(0);
    };
    bytes.push(if limit.resets_at.is_some() { 2 } else { 1 });
    bytes.push(place(&MEASURES, limit.measure));
    bytes.push(place(&PERIODS, limit.period));
    put_varint(bytes, limit.products.iter().fold(0, |bits, product| bits | 1 << product.get()));
    let (measure, remaining) = match limit.remaining {
        Cap::Litres(quantity) => (Measure::Litres, quantity.get()),
        Cap::Roubles(amount) => (Measure::Roubles, amount.get()),
        Cap::Fills(fills) => (Measure::Fills, i64::from(fills)),
    };
    bytes.push(place(&MEASURES, measure));
    put_signed(bytes, remaining);
    limit.resets_at.iter().for_each(|at| put_since(bytes, *at, since));
}

const MEASURES: [Measure; 3] = [Measure::Litres, Measure::Roubles, Measure::Fills];
const PERIODS: [Period; 6] =
    [Period::Transaction, Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year];

/// Where `value` stands in a list that holds it.
fn place<T: PartialEq>(list: &[T], value: T) -> u8 {
    list.iter().position(|other| *other == value).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// The six bytes whose hexadecimal digits follow the id's `t`.
fn terminal_bytes(terminal: &TerminalId) -> impl Iterator<Item = u8> {
    let digits = terminal.as_str().get(1..).unwrap_or_default();
    (0..12).step_by(2).map(|at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()).unwrap_or(0))
}

/// Zigzag: small numbers of either sign are short.
fn put_signed(bytes: &mut Vec<u8>, number: i64) {
    put_varint(bytes, (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned());
}

fn put_since(bytes: &mut Vec<u8>, at: DateTime<Utc>, since: DateTime<Utc>) {
    put_signed(bytes, at.signed_duration_since(since).num_milliseconds());
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn hold(&mut self) -> Option<Hold> {
        let flags = self.byte()?;
        let request = RequestId::new(Uuid::from_bytes(self.fixed()?));
        let fingerprint = self.fixed()?;
        let terminal = TerminalId::from_random(self.fixed()?);
        let length = usize::try_from(self.unsigned()?).ok()?;
        let (station, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let station = StationCode::parse(std::str::from_utf8(station).ok()?).ok()?;
        let product = ProductIx::new(self.byte()?)?;
        let asked = Millilitres::new(self.signed()?);
        let quantity = Millilitres::new(self.signed()?);
        let amount = Kopecks::new(self.signed()?);
        let price = Kopecks::new(self.signed()?);
        let list_price = if flags & HAS_LIST_PRICE == 0 { None } else { Some(Kopecks::new(self.signed()?)) };
        let odometer = if flags & HAS_ODOMETER == 0 { None } else { Some(u32::try_from(self.unsigned()?).ok()?) };
        let authorized_at = DateTime::from_timestamp_millis(self.signed()?)?;
        let requested_at = self.since(authorized_at)?;
        let expires_at = self.since(authorized_at)?;
        let offset_minutes = i16::try_from(self.signed()?).ok()?;
        let shortfall = if flags & HAS_SHORTFALL == 0 { None } else { Some(self.reason(authorized_at)?) };
        let exception = if flags & BY_EXCEPTION == 0 { None } else { Some(u32::try_from(self.unsigned()?).ok()?) };
        let promotions = if flags & WITH_PROMOTIONS == 0 { Vec::new() } else { self.promotions()? };
        let funding = if flags & FROM_PURSE == 0 { Funding::Account } else { Funding::Purse };
        Some(Hold {
            request,
            fingerprint,
            terminal,
            station,
            product,
            asked,
            quantity,
            amount,
            price,
            list_price,
            funding,
            odometer,
            requested_at,
            authorized_at,
            expires_at,
            offset_minutes,
            shortfall,
            exception,
            promotions,
        })
    }

    fn promotions(&mut self) -> Option<Vec<TermsId>> {
        let (count, mut before, mut promotions) = (self.unsigned()?, 0u32, Vec::new());
        for _ in 0..count {
            before = before.checked_add(u32::try_from(self.unsigned()?).ok()?)?;
            promotions.push(TermsId::new(before));
        }
        Some(promotions)
    }

    fn reason(&mut self, since: DateTime<Utc>) -> Option<Reason> {
        let code = *ReasonCode::ALL.get(usize::from(self.byte()?))?;
        let max_quantity = Millilitres::new(self.signed()?);
        let limit = match self.byte()? {
            0 => None,
            kind => Some(self.limit(kind == 2, since)?),
        };
        Some(Reason { code, limit, max_quantity })
    }

    fn limit(&mut self, resets: bool, since: DateTime<Utc>) -> Option<LimitNote> {
        let measure = *MEASURES.get(usize::from(self.byte()?))?;
        let period = *PERIODS.get(usize::from(self.byte()?))?;
        let bits = self.unsigned()?;
        let listed = (0..32u8).filter(|at| bits & (1 << at) != 0).filter_map(ProductIx::new);
        let products = listed.fold(ProductSet::EMPTY, ProductSet::with);
        let remaining = match (*MEASURES.get(usize::from(self.byte()?))?, self.signed()?) {
            (Measure::Litres, quantity) => Cap::Litres(Millilitres::new(quantity)),
            (Measure::Roubles, amount) => Cap::Roubles(Kopecks::new(amount)),
            (Measure::Fills, fills) => Cap::Fills(u32::try_from(fills).ok()?),
        };
        let resets_at = if resets { Some(self.since(since)?) } else { None };
        Some(LimitNote { measure, period, products, remaining, resets_at })
    }

    fn byte(&mut self) -> Option<u8> {
        self.fixed::<1>().map(|[byte]| byte)
    }

    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn unsigned(&mut self) -> Option<u64> {
        take_varint(&mut self.0)
    }

    fn signed(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        Some((number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg())
    }

    fn since(&mut self, since: DateTime<Utc>) -> Option<DateTime<Utc>> {
        since.checked_add_signed(TimeDelta::try_milliseconds(self.signed()?)?)
    }
}
