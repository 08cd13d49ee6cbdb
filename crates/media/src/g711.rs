//! G.711: one byte for each of 8,000 samples a second (ITU-T G.711, A-law and µ-law).

/// Silence in A-law.
pub const A_SILENCE: u8 = 0xd5;
/// Silence in µ-law.
pub const U_SILENCE: u8 = 0xff;

/// Upper ends of the segments, in 13 bits.
const A_ENDS: [i32; 8] = [0x1f, 0x3f, 0x7f, 0xff, 0x1ff, 0x3ff, 0x7ff, 0xfff];
const BIAS: i32 = 0x84;
const CLIP: i32 = 32_635;

fn byte(value: i32) -> u8 {
    u8::try_from(value & 0xff).unwrap_or(0)
}

fn sample(value: i32) -> i16 {
    let value = value.clamp(i32::from(i16::MIN), i32::from(i16::MAX));
    i16::try_from(value).unwrap_or(0)
}

/// A-law.
#[must_use]
pub fn to_a(linear: i16) -> u8 {
    let value = i32::from(linear) >> 3;
    let (mask, value) = if value >= 0 {
        (0xd5, value)
    } else {
        (0x55, -value - 1)
    };
    let Some(segment) = A_ENDS.iter().position(|end| value <= *end) else {
        return byte(0x7f ^ mask);
    };
    let shift = if segment < 2 { 1 } else { segment };
    let code = (i32::try_from(segment).unwrap_or(0) << 4) | ((value >> shift) & 0xf);
    byte(code ^ mask)
}

/// From A-law.
#[must_use]
pub fn from_a(code: u8) -> i16 {
    let code = i32::from(code ^ 0x55);
    let (segment, step) = ((code & 0x70) >> 4, (code & 0x0f) << 4);
    let value = match segment {
        0 => step + 8,
        1 => step + 0x108,
        _ => (step + 0x108) << (segment - 1),
    };
    sample(if code & 0x80 == 0 { -value } else { value })
}

/// µ-law.
#[must_use]
pub fn to_u(linear: i16) -> u8 {
    let value = i32::from(linear);
    let (sign, value) = if value < 0 {
        (0x80, -value)
    } else {
        (0, value)
    };
    let value = value.min(CLIP) + BIAS;
    let segment = (31 - value.leading_zeros().min(31))
        .saturating_sub(7)
        .min(7);
    let segment = i32::try_from(segment).unwrap_or(0);
    byte(!(sign | (segment << 4) | ((value >> (segment + 3)) & 0x0f)))
}

/// From µ-law.
#[must_use]
pub fn from_u(code: u8) -> i16 {
    let code = i32::from(!code);
    let value = (((code & 0x0f) << 3) + BIAS) << ((code & 0x70) >> 4);
    sample(if code & 0x80 == 0 {
        value - BIAS
    } else {
        BIAS - value
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_for_a_sample_that_becomes_the_same_code() {
        for code in 0..=255u8 {
            assert_eq!(to_a(from_a(code)), code, "A-law {code:#x}");
            // µ-law has two zeros.
            let expected = if code == 0x7f { 0xff } else { code };
            assert_eq!(to_u(from_u(code)), expected, "µ-law {code:#x}");
        }
    }

    #[test]
    fn what_comes_back_is_near_what_went_in() {
        for linear in (i16::MIN..=i16::MAX).step_by(7) {
            let allowed = i32::from(linear).abs() / 16 + 20;
            for back in [from_a(to_a(linear)), from_u(to_u(linear))] {
                let off = (i32::from(back) - i32::from(linear)).abs();
                assert!(off <= allowed.max(150), "{linear} became {back}");
            }
        }
    }

    #[test]
    fn silence_is_as_the_standard_says() {
        assert_eq!((to_a(0), to_u(0)), (A_SILENCE, U_SILENCE));
    }
}
