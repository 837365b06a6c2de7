//! Numbers as rows keep them: integers, where the wire has strings. For `#[serde(with)]`.

macro_rules! integer {
    ($(#[$doc:meta])* $name:ident, $type:ty, $integer:ty) => {
        $(#[$doc])*
        pub mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                value.get().serialize(serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                <$integer>::deserialize(deserializer).map(<$type>::new)
            }
        }
    };
}

integer!(
    /// Kopecks.
    kopecks,
    crate::domain::Kopecks,
    i64
);
integer!(
    /// Thousandths of a unit.
    millilitres,
    crate::domain::Millilitres,
    i64
);

macro_rules! optional {
    ($(#[$doc:meta])* $name:ident, $type:ty, $integer:ty) => {
        $(#[$doc])*
        pub mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            pub fn serialize<S: Serializer>(value: &Option<$type>, serializer: S) -> Result<S::Ok, S::Error> {
                value.map(<$type>::get).serialize(serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<$type>, D::Error> {
                Option::<$integer>::deserialize(deserializer).map(|value| value.map(<$type>::new))
            }
        }
    };
}

optional!(
    /// Kopecks, if there are any.
    kopecks_option,
    crate::domain::Kopecks,
    i64
);
optional!(
    /// Thousandths of a unit, if there are any.
    millilitres_option,
    crate::domain::Millilitres,
    i64
);
