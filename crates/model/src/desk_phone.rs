//! Desk phones that can be given to a user (U5).

use std::{fmt, str::FromStr};

use crate::{Problem, licence::catalogue};

catalogue! {
    /// The model of a desk phone; a user without one has no desk phone type.
    DeskPhoneType {
        /// Yealink T54W.
        YealinkT54W = "yealink-t54w",
        /// Yealink T46U.
        YealinkT46U = "yealink-t46u",
        /// Snom D785.
        SnomD785 = "snom-d785",
        /// Snom D865.
        SnomD865 = "snom-d865",
        /// Poly VVX 450.
        PolyVvx450 = "poly-vvx-450",
        /// Cisco 8851 (multiplatform firmware).
        Cisco8851 = "cisco-8851",
        /// Grandstream GRP2615.
        GrandstreamGrp2615 = "grandstream-grp2615",
        /// Gigaset N870 (DECT).
        GigasetN870 = "gigaset-n870",
        /// Any other phone or softphone that speaks SIP.
        OtherSip = "other-sip",
    }
}

impl DeskPhoneType {
    /// Maker and model, as printed on the phone; `None` for [`Self::OtherSip`], which is described in words.
    #[must_use]
    pub fn model(self) -> Option<&'static str> {
        match self {
            Self::YealinkT54W => Some("Yealink T54W"),
            Self::YealinkT46U => Some("Yealink T46U"),
            Self::SnomD785 => Some("Snom D785"),
            Self::SnomD865 => Some("Snom D865"),
            Self::PolyVvx450 => Some("Poly VVX 450"),
            Self::Cisco8851 => Some("Cisco 8851"),
            Self::GrandstreamGrp2615 => Some("Grandstream GRP2615"),
            Self::GigasetN870 => Some("Gigaset N870"),
            Self::OtherSip => None,
        }
    }
}
