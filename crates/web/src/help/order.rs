//! In which order the pages are offered, and which belong together.

use model::{HelpTask, Role};

/// Pages for the same readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after their headings")]
pub enum Group {
    Users,
    Phones,
    Calls,
    Enterprise,
    Oneself,
    Operator,
}

impl Group {
    /// All groups, in the order for a reader: what the role does comes first.
    pub fn all(role: Option<Role>) -> [Self; 6] {
        use Group::{Calls, Enterprise, Oneself, Operator, Phones, Users};
        match role {
            None | Some(Role::User) => [Oneself, Users, Phones, Calls, Enterprise, Operator],
            Some(Role::EnterpriseAdmin | Role::SiteAdmin) => {
                [Users, Phones, Calls, Enterprise, Oneself, Operator]
            }
            Some(Role::Operator) => [Operator, Users, Phones, Calls, Enterprise, Oneself],
        }
    }

    /// Its pages.
    pub fn tasks(self) -> impl Iterator<Item = HelpTask> {
        let all = HelpTask::ALL.iter().copied();
        all.filter(move |task| group(*task) == self)
    }
}

/// The group of a page.
pub fn group(task: HelpTask) -> Group {
    match task {
        HelpTask::AddUser
        | HelpTask::UserStates
        | HelpTask::ChangeUser
        | HelpTask::DeleteUser
        | HelpTask::AccountAccess => Group::Users,
        HelpTask::PhoneLogin
        | HelpTask::NewLoginDetails
        | HelpTask::ManyLoginDetails
        | HelpTask::Requirements => Group::Phones,
        HelpTask::CallServices
        | HelpTask::Reachability
        | HelpTask::UserView
        | HelpTask::HuntGroups
        | HelpTask::PickupParkGroups
        | HelpTask::CallCentres
        | HelpTask::GroupCalls
        | HelpTask::Audio
        | HelpTask::Calls => Group::Calls,
        HelpTask::Departments
        | HelpTask::Administrators
        | HelpTask::NumbersLicences
        | HelpTask::Activity => Group::Enterprise,
        HelpTask::LogIn
        | HelpTask::OwnCallServices
        | HelpTask::OwnAccount
        | HelpTask::AgentDesk
        | HelpTask::SecondFactor => Group::Oneself,
        HelpTask::OperatorEnterprises
        | HelpTask::OperatorActivation
        | HelpTask::OperatorMail
        | HelpTask::OperatorTrunk => Group::Operator,
    }
}

/// Where a reader might go on.
pub fn related(task: HelpTask) -> &'static [HelpTask] {
    use HelpTask::{
        AccountAccess, Activity, AddUser, Administrators, AgentDesk, Audio, CallCentres,
        CallServices, Calls, ChangeUser, DeleteUser, Departments, GroupCalls, HuntGroups, LogIn,
        ManyLoginDetails, NewLoginDetails, NumbersLicences, OperatorActivation,
        OperatorEnterprises, OperatorMail, OperatorTrunk, OwnAccount, OwnCallServices, PhoneLogin,
        PickupParkGroups, Reachability, Requirements, SecondFactor, UserStates, UserView,
    };
    match task {
        LogIn => &[OwnAccount, AccountAccess],
        AddUser => &[PhoneLogin, UserStates, NumbersLicences],
        PhoneLogin => &[NewLoginDetails, Requirements, Reachability],
        UserStates => &[Reachability, AddUser, OperatorActivation],
        ChangeUser => &[NewLoginDetails, UserStates, CallServices],
        DeleteUser => &[UserStates, NumbersLicences],
        NewLoginDetails => &[PhoneLogin, ManyLoginDetails],
        ManyLoginDetails => &[NewLoginDetails, PhoneLogin],
        AccountAccess => &[LogIn, OwnAccount],
        CallServices => &[Reachability, UserView, OwnCallServices],
        Reachability => &[UserStates, CallServices, PhoneLogin],
        UserView => &[CallServices, Activity],
        HuntGroups => &[PickupParkGroups, GroupCalls, UserStates],
        PickupParkGroups => &[HuntGroups, Departments, DeleteUser],
        Departments => &[ChangeUser, NumbersLicences],
        Administrators => &[AccountAccess, Activity],
        NumbersLicences => &[AddUser, DeleteUser, OperatorEnterprises],
        Activity => &[Calls, NumbersLicences],
        CallCentres => &[AgentDesk, GroupCalls, Audio, Reachability],
        Audio => &[CallCentres, PickupParkGroups, Departments],
        AgentDesk => &[OwnCallServices, CallCentres],
        GroupCalls => &[HuntGroups, CallCentres, Calls],
        Calls => &[Reachability, CallServices, GroupCalls],
        OwnCallServices => &[OwnAccount, Calls],
        OwnAccount => &[LogIn, OwnCallServices, SecondFactor],
        SecondFactor => &[OwnAccount, LogIn, Administrators],
        OperatorEnterprises => &[OperatorActivation, NumbersLicences, Administrators],
        OperatorActivation => &[UserStates, OperatorEnterprises],
        OperatorMail => &[AccountAccess, OperatorEnterprises],
        OperatorTrunk => &[Requirements, OperatorEnterprises],
        Requirements => &[PhoneLogin, LogIn],
    }
}
