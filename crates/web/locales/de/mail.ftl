# Briefe, und die Seiten, auf denen der Betreiber die aufbewahrten liest.
mail-greeting = Guten Tag { $name },
mail-greeting-plain = Guten Tag,
mail-registration-subject = Ihr Zugang zu Klinke
mail-registration-lead = Für Sie ist ein Konto an der Telefonanlage Ihres Unternehmens eingerichtet. Sie melden sich an als:
mail-registration-link = Legen Sie hier zuerst Ihr Passwort fest
mail-reset-subject = Neues Passwort festlegen
mail-reset-lead = Jemand, wahrscheinlich Sie, hat ein neues Passwort für diesen Benutzernamen angefordert:
mail-reset-link = Legen Sie hier ein neues Passwort fest
mail-reminder-subject = Ihr Benutzername
mail-reminder-lead = Jemand, wahrscheinlich Sie, hat nach den Benutzernamen gefragt, die zu dieser E-Mail-Adresse gehören:
mail-reminder-link = Melden Sie sich hier an
mail-link-good = Der Link funktioniert einmal, und nur bis { $until }.
mail-not-asked = Wenn Sie das nicht waren, brauchen Sie nichts zu tun. Es ist nichts geändert worden.
mail-signature = Diesen Brief hat Klinke geschrieben, die Telefonanlage. Bitte antworten Sie nicht darauf.
