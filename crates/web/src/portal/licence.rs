//! Setting how many licences an enterprise holds.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Enterprise, Field, Licence, Problem, Problems, Product};
use service::{Error, licence};

use super::{
    address,
    enterprise::trail,
    form::{Form, see},
    home::count,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section,
    names,
    pages::licence::{LicenceField, LicenceFormPage},
    problem,
    server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(enterprise): Path<String>,
) -> Result<Response, Refusal> {
    let enterprise =
        licence::may_set(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    Ok(shown(
        &page(&portal, &reader, &enterprise, |licence| {
            licence.total.to_string()
        })
        .await?,
    ))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    typed: impl Fn(&Licence) -> String,
) -> Result<LicenceFormPage, Error> {
    let licences = licence::list(&portal.env, reader.actor(), enterprise.id).await?;
    let field = |licence: &Licence| LicenceField {
        id: licence.product.id().to_owned(),
        label: names::product(reader.words(), licence.product).into_owned(),
        used: count(licence.used),
        total: typed(licence),
    };
    let (packages, services): (Vec<_>, Vec<_>) = licences
        .iter()
        .partition(|licence| matches!(licence.product, Product::Package(_)));
    let home = address::enterprise(enterprise.id);
    Ok(LicenceFormPage {
        trail: trail(reader, Some(enterprise)),
        enterprise: enterprise.name.to_string(),
        packages: packages.into_iter().map(field).collect(),
        services: services.into_iter().map(field).collect(),
        action: format!("{home}/licences"),
        cancel_href: home,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path(enterprise): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let enterprise =
        licence::may_set(&portal.env, reader.actor(), address::id(&enterprise)?).await?;
    let mut page = page(&portal, &reader, &enterprise, |licence| {
        sent.get(licence.product.id())
    })
    .await?;
    let mut totals = Vec::new();
    for product in Product::all() {
        match sent.get(product.id()).trim().parse() {
            Ok(total) => totals.push((product, total)),
            Err(_) => note(
                &mut page,
                &reader,
                product,
                &Problem::OutOfRange {
                    min: 0,
                    max: licence::MOST,
                },
            ),
        }
    }
    if !page.frame.errors.is_empty() {
        return Ok(shown_with(
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            &page,
        ));
    }
    match licence::set(&portal.env, reader.actor(), enterprise.id, &totals).await {
        Ok(()) => Ok(see(&address::enterprise(enterprise.id))),
        Err(licence::NotSet::Invalid(product, problem)) => {
            let status = status_of(&Problems::one(Field::Total, problem.clone()));
            note(&mut page, &reader, product, &problem);
            Ok(shown_with(status, &page))
        }
        Err(licence::NotSet::Other(error)) => Err(error.into()),
    }
}

fn note(page: &mut LicenceFormPage, reader: &Reader, product: Product, told: &Problem) {
    let name = names::product(reader.words(), product);
    page.frame
        .errors
        .add(product.id(), problem::message(reader.words(), &name, told));
}
