//! Who sells, as documents have it.

use crate::domain::Inn;
use crate::domain::invalid::{Invalid, wire_string};
use crate::domain::text::{CompanyName, ContractNumber, Kpp, PersonName, Phone, Place};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

pub use crate::domain::text::{BankName, SellerName};

/// The seller's requisites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Its name.
    pub name: SellerName,
    /// Its taxpayer's number.
    pub inn: Inn,
    /// Its registration, of a legal entity.
    pub kpp: Option<Kpp>,
    /// Its state registration.
    pub ogrn: Ogrn,
    /// Its registered address.
    pub address: Place,
    /// Its telephone.
    pub phone: Phone,
    /// Its bank.
    pub bank: BankName,
    /// The bank's code.
    pub bic: BankCode,
    /// Its account there.
    pub account: BankAccount,
    /// The bank's account with the Bank of Russia.
    pub correspondent: BankAccount,
    /// Who signs as the head.
    pub director: PersonName,
    /// Who signs as the chief accountant.
    pub accountant: PersonName,
}

impl Seller {
    /// # Errors
    /// The field, and `kpp_required`, `kpp_of_sole_trader`, `ogrn_kind`, `account_key` or `correspondent_key`.
    pub fn check(&self) -> Result<(), (&'static str, Invalid)> {
        let entity = self.inn.is_legal_entity();
        if entity && self.kpp.is_none() {
            return Err(("kpp", Invalid::new("kpp_required", "a legal entity has a KPP")));
        }
        if !entity && self.kpp.is_some() {
            return Err(("kpp", Invalid::new("kpp_of_sole_trader", "a sole trader has no KPP")));
        }
        if entity != self.ogrn.is_legal_entity() {
            return Err((
                "ogrn",
                Invalid::new("ogrn_kind", "the OGRN of a legal entity has 13 digits, a sole trader's 15"),
            ));
        }
        if !self.account.is_of_client(&self.bic) {
            return Err(("account", Invalid::new("account_key", "the account's check digit does not fit this bank")));
        }
        if !self.correspondent.is_of_bank(&self.bic) {
            let detail = "the correspondent account's check digit does not fit this bank";
            return Err(("correspondent", Invalid::new("account_key", detail)));
        }
        Ok(())
    }
}

/// Digits of a fixed length, kept as text.
macro_rules! digits {
    ($(#[$doc:meta])* $name:ident, $wire:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The digits.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        wire_string!($name, $wire);
    };
}

digits!(
    /// ОГРН: 13 digits of a legal entity or 15 of a sole trader, the last one a check digit (Government's decree 438).
    Ogrn,
    "a string of 13 or 15 digits"
);
digits!(
    /// БИК: the nine digits of a Russian bank, which begin with 04.
    BankCode,
    "a string of nine digits"
);
digits!(
    /// An account of twenty digits; its ninth is a check digit that goes with the bank.
    BankAccount,
    "a string of twenty digits"
);

fn is_digits(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

impl Ogrn {
    /// Parses 13 or 15 digits.
    ///
    /// # Errors
    /// `ogrn_malformed`, `ogrn_check_digit`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if !is_digits(text, &[13, 15]) {
            return Err(Invalid::new("ogrn_malformed", "an OGRN is 13 digits, or 15 of a sole trader"));
        }
        let (number, check) = text.split_at(text.len() - 1);
        let modulus = if text.len() == 13 { 11 } else { 13 };
        let right = number.parse::<u64>().ok().map(|number| number % modulus % 10);
        if right == check.parse().ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::new("ogrn_check_digit", "the check digit of this OGRN is wrong"))
        }
    }

    fn is_legal_entity(&self) -> bool {
        self.0.len() == 13
    }
}

impl BankCode {
    /// Parses nine digits that begin with 04.
    ///
    /// # Errors
    /// `bic_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        (is_digits(text, &[9]) && text.starts_with("04"))
            .then(|| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("bic_malformed", "a BIC is nine digits that begin with 04"))
    }
}

impl BankAccount {
    /// Parses twenty digits.
    ///
    /// # Errors
    /// `account_malformed`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        is_digits(text, &[20])
            .then(|| Self(text.to_owned()))
            .ok_or_else(|| Invalid::new("account_malformed", "an account is twenty digits"))
    }

    /// Whether its check digit is that of a bank's client (Bank of Russia, 515 of 08.09.1997).
    fn is_of_client(&self, bank: &BankCode) -> bool {
        let branch = &bank.0[6..];
        // Accounts with the Bank of Russia itself count as a bank's own do.
        if matches!(branch, "000" | "001" | "002") { self.is_of_bank(bank) } else { self.fits(branch) }
    }

    /// Whether its check digit is that of the bank's own account with the Bank of Russia.
    fn is_of_bank(&self, bank: &BankCode) -> bool {
        self.fits(&format!("0{}", &bank.0[4..6]))
    }

    fn fits(&self, prefix: &str) -> bool {
        let weighed = prefix.bytes().chain(self.0.bytes()).zip([7u32, 1, 3].into_iter().cycle());
        weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum::<u32>() % 10 == 0
    }
}

/// Who buys, as the contract has it when a document is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// Its name.
    pub name: CompanyName,
    /// Its taxpayer's number.
    pub inn: Inn,
    /// Its registration, of a legal entity.
    pub kpp: Option<Kpp>,
    /// The contract's number.
    pub contract_number: ContractNumber,
    /// The contract's date.
    pub contract_date: NaiveDate,
}
