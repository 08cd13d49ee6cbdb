//! An uploaded sound as an answer; players ask for parts of it (RFC 9110 §14).

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The sound, or the part of it that is asked for.
pub(crate) fn answer(asked: &HeaderMap, wav: Vec<u8>) -> Response {
    let wav = Bytes::from(wav);
    let length = wav.len();
    let range = asked.get(header::RANGE);
    let part = range.and_then(|range| part(range.to_str().ok()?, length));
    let mut response = match part {
        Some((first, last)) => {
            let piece = wav.slice(first..=last);
            let range = format!("bytes {first}-{last}/{length}");
            let range = [(header::CONTENT_RANGE, range)];
            (StatusCode::PARTIAL_CONTENT, range, piece).into_response()
        }
        None => wav.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

/// First and last byte of one range; what cannot be read or met is answered with the whole.
fn part(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    let (first, last) = match (first, last) {
        ("", count) => (length.saturating_sub(count.parse().ok()?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_met_and_anything_else_gets_the_whole() {
        assert_eq!(part("bytes=0-1", 100), Some((0, 1)));
        assert_eq!(part("bytes=90-", 100), Some((90, 99)));
        assert_eq!(part("bytes=-10", 100), Some((90, 99)));
        assert_eq!(part("bytes=50-500", 100), Some((50, 99)));
        for other in [
            "bytes=100-",
            "bytes=0-1,5-6",
            "bytes=9-8",
            "x=0-1",
            "bytes=-0",
            "bytes=-",
        ] {
            assert_eq!(part(other, 100), None, "{other}");
        }
        assert_eq!(part("bytes=0-", 0), None);
    }
}
