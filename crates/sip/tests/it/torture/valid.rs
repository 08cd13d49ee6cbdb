//! Valid but odd: understood as what it is. Who passes the grammar is asked for a password (401, 407).

use super::Answer::{Code, Passed};
use super::{CONTACT, FROM, ID, VIA, check_alike, invite, message, options, request};

#[test]
fn what_is_odd_but_valid_is_understood() {
    let long = "x".repeat(900);
    let long_name = format!("{long}: {long}");
    let long_from =
        format!("From: \"{long}\" <sip:{long}@{long}.example>;tag={long};{long}={long}");
    let many_vias: Vec<String> = (0..40)
        .map(|n| format!("Via: SIP/2.0/TCP hop{n}.{long}.example;branch=z9hG4bK{n}"))
        .collect();
    let mut longreq = vec![VIA, &long_name, &long_from];
    longreq.extend(many_vias.iter().map(String::as_str).take(25));
    let transports = [
        VIA,
        "Via: SIP/2.0/TLS a.example;branch=z9hG4bK1",
        "Via: SIP/2.0/SCTP a.example;branch=z9hG4bK2",
        "Via: SIP/2.0/CARRIER-PIGEON a.example;branch=z9hG4bK3",
    ];
    let wsinv = message(
        "INVITE sip:200@klinke.example;unknown-param SIP/2.0",
        &[
            "TO :\r\n sip:200@klinke.example ;   tag-like    = none",
            "from   : \"A \\\\\\\"\"       <sip:100@klinke.example>\r\n  ;\r\n  tag = 98asjd8",
            "MaX-fOrWaRdS: 0068",
            "Call-ID: odd.0ha0isndaksdj@192.0.2.1",
            "cseq: 0009\r\n  INVITE",
            "v:  SIP  / 2.0  / UDP\r\n    192.0.2.2  ;  branch =  z9hG4bK1 ,\r\n SIP / 2.0 / TCP  a.example ;\r\n  branch   =  z9hG4bK2",
            "s :",
            "NewFangledHeader:   newfangled value\r\n continued newfangled value",
            "l: 3",
            "m:\"Quoted string \\\"\\\"\" <sip:100@b.example> ; newparam =\r\n      newvalue ;\r\n  secondparam ; q = 0.33",
        ],
        "v=0",
    );
    let intmeth = "!interesting-Method0123456789_*+`.%indeed'~";
    let names = [
        "To: \"\\b\\e\\l\\l: \\\\ \\\" \u{7}\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@klinke.example>",
        "From: token1~` token2'+_ token3*%!.- <sip:mundane@klinke.example>;fromParam''~+*_!.-%=\"\u{440}\u{430}\";tag=_token~1'+`*%!-.",
    ];
    check_alike(vec![
        ("wsinv", wsinv, Code(407)),
        (
            "intmeth",
            request(
                intmeth,
                "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@klinke.example",
                &names,
                "",
            ),
            Code(501),
        ),
        (
            "esc01",
            request(
                "INVITE",
                "sip:sips%3Auser%40example.com@klinke.example",
                &[
                    "To: sip:%75se%72@klinke.example",
                    "From: <sip:I%20have%20spaces@klinke.example>;tag=938",
                ],
                "",
            ),
            Code(407),
        ),
        (
            "escnull",
            request(
                "REGISTER",
                "sip:klinke.example",
                &[
                    "To: sip:null-%00-null@klinke.example",
                    "From: sip:null-%00-null@klinke.example;tag=8",
                    "Contact: <sip:%00@a.example>\r\nContact: <sip:%00%00@b.example>",
                ],
                "",
            ),
            Code(401),
        ),
        (
            "esc02",
            request(
                "RE%47IST%45R",
                "sip:klinke.example",
                &["To: \"%Z%45\" <sip:resource@klinke.example>"],
                "",
            ),
            Code(501),
        ),
        (
            "lwsdisp",
            options(&["From: caller<sip:caller@klinke.example>;tag=323"]),
            Code(200),
        ),
        ("longreq", invite(&longreq), Code(407)),
        (
            "semiuri",
            request(
                "OPTIONS",
                "sip:user;par=u%40example.net@klinke.example",
                &["To: sip:j_user@klinke.example"],
                "",
            ),
            Code(200),
        ),
        ("transports", options(&transports), Code(200)),
        (
            "mpart01",
            request(
                "MESSAGE",
                "sip:200@klinke.example",
                &["Content-Type: multipart/mixed;boundary=7a9cbec02ceef655"],
                "--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n--7a9cbec02ceef655--\r\n",
            ),
            Code(405),
        ),
        (
            "unreason",
            message(
                "SIP/2.0 200 = 2**3 * 5**2 \u{43d}\u{43e} \u{441}\u{442}\u{43e}",
                &[
                    VIA,
                    FROM,
                    "To: <sip:200@klinke.example>;tag=2",
                    ID,
                    "CSeq: 8 INVITE",
                ],
                "",
            ),
            Passed,
        ),
        (
            "noreason",
            message(
                "SIP/2.0 100 ",
                &[
                    VIA,
                    FROM,
                    "To: <sip:200@klinke.example>;tag=2",
                    ID,
                    "CSeq: 8 INVITE",
                ],
                "",
            ),
            Passed,
        ),
        (
            "bext01",
            options(&[
                "Require: nothingSupportsThis, nothingSupportsThisEither",
                "Proxy-Require: noProxiesSupportThis",
            ]),
            Code(420),
        ),
        ("zeromf", invite(&["Max-Forwards: 0"]), Code(483)),
        ("zeromf, for us", options(&["Max-Forwards: 0"]), Code(200)),
        (
            "unkscm",
            request(
                "OPTIONS",
                "nobodyKnowsThisScheme:totallyopaquecontent",
                &[],
                "",
            ),
            Code(416),
        ),
        (
            "novelsc",
            request("OPTIONS", "soap.beep://192.0.2.103:3002", &[], ""),
            Code(416),
        ),
        (
            "unksm2",
            request(
                "REGISTER",
                "sip:klinke.example",
                &[
                    "To: isbn:2983792873",
                    "From: <http://www.example.com>;tag=3234233",
                    CONTACT,
                ],
                "",
            ),
            Code(401),
        ),
        (
            "invut",
            request(
                "INVITE",
                "sip:200@klinke.example",
                &["Content-Type: application/unknownformat"],
                "<audio/>",
            ),
            Code(407),
        ),
        (
            "regaut01",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Authorization: NoOneKnowsThisScheme opaque-data=here"],
                "",
            ),
            Code(401),
        ),
        (
            "sdp01",
            request(
                "INVITE",
                "sip:200@klinke.example",
                &["Accept: text/nobodyKnowsThis"],
                "v=0\r\n",
            ),
            Code(407),
        ),
        (
            "cparam01",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Contact: sip:+19725552222@gw1.example.net;unknownparam"],
                "",
            ),
            Code(401),
        ),
        (
            "cparam02",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Contact: <sip:+19725552222@gw1.example.net;unknownparam>"],
                "",
            ),
            Code(401),
        ),
        (
            "regescrt",
            request(
                "REGISTER",
                "sip:klinke.example",
                &["Contact: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>"],
                "",
            ),
            Code(401),
        ),
        (
            "inv2543",
            message(
                "INVITE sip:UserB@klinke.example SIP/2.0",
                &[
                    "Via: SIP/2.0/UDP iftgw.example.com",
                    "From: <sip:+13035551111@ift.client.example.net;user=phone>;tag=x",
                    "Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>",
                    "To: sip:+16505552222@ss1.example.net;user=phone",
                    "Call-ID: inv2543",
                    "CSeq: 56 INVITE",
                ],
                "v=0\r\n",
            ),
            Code(407),
        ),
        (
            "badbranch",
            options(&["Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"]),
            Code(200),
        ),
    ]);
}
