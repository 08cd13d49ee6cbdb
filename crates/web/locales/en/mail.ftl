# Letters, and the pages where the operator reads those that were kept.
mail-greeting = Hello { $name },
mail-greeting-plain = Hello,
mail-registration-subject = Your access to Klinke
mail-registration-lead = An account for the telephone system of your enterprise has been set up for you. You log in as:
mail-registration-link = First set your password here
mail-reset-subject = Set a new password
mail-reset-lead = Somebody, probably you, has asked for a new password for this username:
mail-reset-link = Set a new password here
mail-reminder-subject = Your username
mail-reminder-lead = Somebody, probably you, has asked for the usernames that belong to this email address:
mail-reminder-link = Log in here
mail-link-good = The link works once, and only until { $until }.
mail-not-asked = If it was not you, you need not do anything. Nothing has been changed.
mail-signature = This letter was written by Klinke, the telephone system. Please do not reply to it.
