//! The tables that generated types are declared by, and the implementations that follow from them.

/// An object: each property with its name on the wire, its [`Need`](super::source::Need) and, for an array that must
/// not be shorter in a request, its least number of items; after `..`, the map of the
/// properties that its type does not declare.
macro_rules! object {
    ($name:ident, $($wire:literal => $member:ident $kind:ident $($least:literal)?,)* $(.. $rest:ident,)?) => {
        impl $crate::runtime::ReadValue for $name {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($member: $crate::runtime::value!(blank $kind),)*
                    $($rest: Default::default(),)?
                }
            }

            #[inline]
            fn read(
                &mut self,
                source: &mut dyn $crate::runtime::Source,
            ) -> Result<(), $crate::runtime::Failed> {
                source.object(
                    &$crate::runtime::Table {
                        name: stringify!($name),
                        names: &[$($wire),*],
                        needs: &[$($crate::runtime::value!(need $kind)),*],
                    },
                    &mut [$($crate::runtime::Slot::new(&mut self.$member)),*],
                    $crate::runtime::value!(rest $(&mut self.$rest)?),
                )
            }
        }

        $crate::runtime::value!(written $name { $($wire => $member $kind $($least)?,)* $(.. $rest)? });
        $crate::runtime::value!(serde $name);
    };
}

/// An object that is only written.
macro_rules! serialized {
    ($name:ident, $($wire:literal => $member:ident $kind:ident $($least:literal)?,)* $(.. $rest:ident,)?) => {
        $crate::runtime::value!(written $name { $($wire => $member $kind $($least)?,)* $(.. $rest)? });
    };
}

/// An enum of texts that keeps those which it does not know.
macro_rules! open_enum {
    ($name:ident) => {
        impl $crate::runtime::ReadValue for $name {
            #[inline]
            fn blank() -> Self {
                Self::Other(Box::default())
            }

            #[inline]
            fn read(
                &mut self,
                source: &mut dyn $crate::runtime::Source,
            ) -> Result<(), $crate::runtime::Failed> {
                source.text(self)
            }
        }

        impl $crate::runtime::Text for $name {
            #[inline]
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }

            #[inline]
            fn take(&mut self, text: &str) -> Result<(), Box<dyn std::fmt::Display>> {
                *self = Self::from(text);
                Ok(())
            }
        }

        impl $crate::runtime::WriteValue for $name {
            #[inline]
            fn write(&self, to: &mut dyn FnMut($crate::runtime::View<'_>)) {
                to($crate::runtime::View::Text(self.as_str()));
            }
        }

        $crate::runtime::value!(serde $name);
    };
}

/// A SID, by the rule of its kind.
macro_rules! sid_value {
    ($name:ident) => {
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::deserialize_sid::<Self, D>(deserializer).map(Self)
            }
        }

        impl $crate::runtime::ReadValue for $name {
            #[inline]
            fn blank() -> Self {
                Self([0; 34])
            }

            #[inline]
            fn read(
                &mut self,
                source: &mut dyn $crate::runtime::Source,
            ) -> Result<(), $crate::runtime::Failed> {
                source.text(&mut $crate::runtime::SidText::new::<Self>(&mut self.0))
            }
        }

        impl $crate::runtime::WriteValue for $name {
            #[inline]
            fn write(&self, to: &mut dyn FnMut($crate::runtime::View<'_>)) {
                to($crate::runtime::View::Text(self.as_str()));
            }
        }
    };
}

/// What the tables share.
macro_rules! value {
    (blank required) => {
        $crate::runtime::ReadValue::blank()
    };
    (blank optional) => {
        None
    };
    (blank paging) => {
        None
    };
    (need required) => {
        $crate::runtime::Need::Required
    };
    (need optional) => {
        $crate::runtime::Need::Optional
    };
    (need paging) => {
        $crate::runtime::Need::Paging
    };
    (rule required $($least:literal)?) => {
        $crate::runtime::Rule {
            required: true,
            least: 0 $(+ $least)?,
        }
    };
    (rule $kind:ident $($least:literal)?) => {
        $crate::runtime::Rule {
            required: false,
            least: 0 $(+ $least)?,
        }
    };
    (rest) => {
        None
    };
    (rest $rest:expr) => {
        Some($rest)
    };
    (written $name:ident { $($wire:literal => $member:ident $kind:ident $($least:literal)?,)* $(.. $rest:ident)? }) => {
        impl $crate::runtime::WriteValue for $name {
            #[inline]
            fn write(&self, to: &mut dyn FnMut($crate::runtime::View<'_>)) {
                to($crate::runtime::View::Object(
                    stringify!($name),
                    &[$(($wire, &self.$member)),*],
                    $crate::runtime::value!(rest $(&self.$rest)?),
                    &[$($crate::runtime::value!(rule $kind $($least)?)),*],
                ));
            }
        }
    };
    (serde $name:ident) => {
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_core::Serialize::serialize(&$crate::runtime::Written(self), serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::read(deserializer)
            }
        }
    };
}

pub(crate) use {object, open_enum, serialized, sid_value, value};
