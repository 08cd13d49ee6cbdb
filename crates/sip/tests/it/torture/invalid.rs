//! Invalid: refused, or not even answered.

use super::Answer::{Closed, Code, Passed, Silence, Unreadable};
use super::{FROM, ID, TO, VIA, check, check_alike, invite, message, options, request};

#[test]
fn what_is_invalid_is_refused_and_never_forwarded() {
    let quoted = "To: \"Mr. J. User <sip:j.user@klinke.example>";
    let dblreq = [
        request("REGISTER", "sip:klinke.example", &[], ""),
        invite(&[]),
    ]
    .concat();
    check(&[
        // The second request of a datagram is beyond its Content-Length; in a stream it is the next message.
        ("dblreq", dblreq, Code(401), Code(401)),
        (
            "clerr",
            invite(&["Content-Length: 9999"]),
            Code(400),
            Silence,
        ),
        ("ncl", invite(&["Content-Length: -999"]), Code(400), Closed),
        (
            "mcl01",
            options(&["Content-Length: 13", "Content-Length: 5"]),
            Code(400),
            Closed,
        ),
        (
            "no length",
            options(&["Content-Length: "]),
            Code(400),
            Closed,
        ),
        (
            "bigcode",
            message(
                "SIP/2.0 4294967301 better not break the receiver",
                &[VIA, FROM, TO, ID, "CSeq: 8 INVITE"],
                "",
            ),
            Silence,
            Unreadable,
        ),
    ]);
    check_alike(vec![
        (
            "badinv01",
            invite(&["Contact: \"Joe\" <sip:joe@example.org>;;;;"]),
            Code(400),
        ),
        (
            // Only given back in the answer, so what it says does not matter.
            "badinv01, Via",
            invite(&["Via: SIP/2.0/UDP 192.0.2.15;;,;,,"]),
            Code(407),
        ),
        (
            "scalar02",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["CSeq: 36893488147419103232 REGISTER"],
                "",
            ),
            Code(400),
        ),
        (
            "scalar02, Max-Forwards",
            options(&["Max-Forwards: 300"]),
            Code(400),
        ),
        (
            "scalar02, Expires",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Expires: 10000000000000000000"],
                "",
            ),
            Code(400),
        ),
        (
            "scalarlg",
            message(
                "SIP/2.0 503 Service Unavailable",
                &[
                    VIA,
                    FROM,
                    TO,
                    ID,
                    "CSeq: 9292394834772304023312 OPTIONS",
                    "Retry-After: 949302838503028349304023988",
                ],
                "",
            ),
            Silence,
        ),
        ("quotbal", invite(&[quoted]), Code(400)),
        (
            "ltgtruri",
            request("INVITE", "<sip:200@klinke.example>", &[], ""),
            Code(400),
        ),
        (
            "lwsruri",
            request("INVITE", "sip:200@klinke.example; lr", &[], ""),
            Code(400),
        ),
        (
            "lwsstart",
            request("INVITE", " sip:200@klinke.example ", &[], ""),
            Code(400),
        ),
        (
            "trws",
            message(
                "OPTIONS sip:klinke.example SIP/2.0  ",
                &[VIA, FROM, TO, ID, "CSeq: 8 OPTIONS"],
                "",
            ),
            Code(400),
        ),
        (
            "escruri",
            request(
                "INVITE",
                "sip:200@klinke.example?Route=%3Csip:example.com%3E",
                &[],
                "",
            ),
            Code(400),
        ),
        (
            "baddate",
            invite(&["Date: Fri, 01 Jan 2010 16:00:00 EST"]),
            Code(407),
        ),
        (
            "regbadct",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E"],
                "",
            ),
            Code(400),
        ),
        (
            "badaspec",
            options(&["To: \"Watson, Thomas\" < sip:t.watson@klinke.example >"]),
            Code(400),
        ),
        (
            "baddn",
            options(&["From: Bell, Alexander <sip:a.g.bell@klinke.example>;tag=43"]),
            Code(400),
        ),
        (
            "badvers",
            message(
                "OPTIONS sip:klinke.example SIP/7.0",
                &[
                    "Via: SIP/7.0/UDP c.example.com;branch=z9hG4bKkdj",
                    FROM,
                    TO,
                    ID,
                    "CSeq: 8 OPTIONS",
                ],
                "",
            ),
            Code(505),
        ),
        ("mismatch01", options(&["CSeq: 8 INVITE"]), Code(400)),
        (
            "mismatch02",
            request("NEWMETHOD", "sip:klinke.example", &["CSeq: 8 INVITE"], ""),
            Code(400),
        ),
        (
            "insuf",
            message(
                "INVITE sip:200@klinke.example SIP/2.0",
                &["CSeq: 193942 INVITE", VIA],
                "",
            ),
            Silence,
        ),
        (
            "multi01",
            invite(&[
                "CSeq: 5 INVITE",
                "CSeq: 59 INVITE",
                "Call-ID: a",
                "Call-ID: b",
                "From: <sip:a@b>;tag=1",
                "From: <sip:c@d>;tag=2",
            ]),
            Code(400),
        ),
        (
            "multi01, Max-Forwards",
            invite(&["Max-Forwards: 70", "Max-Forwards: 5"]),
            Code(400),
        ),
        (
            "bcast",
            message(
                "SIP/2.0 200 OK",
                &[
                    "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23",
                    FROM,
                    TO,
                    ID,
                    "CSeq: 8 INVITE",
                ],
                "",
            ),
            Passed,
        ),
    ]);
}
