import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { SESSION_READER } from '../../platform/security/session-reader.js';
import { AccessRepository } from './access.repository.js';
import { AdministratorService } from './administrator.service.js';
import { AccountController } from './account/account.controller.js';
import { AccountService } from './account/account.service.js';
import { ConfirmationsService } from './account/confirmations.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Branch } from './branches/branch.entity.js';
import { BranchesController } from './branches/branches.controller.js';
import { BranchesRepository } from './branches/branches.repository.js';
import { BranchesService } from './branches/branches.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { DatabaseSessionReader } from './database-session-reader.js';
import { FactorCheckJobService } from './factor-check-job.service.js';
import { FactorDueRepository } from './factor-due.repository.js';
import { FirstStartRepository } from './first-start.repository.js';
import { KnownDevicesRepository } from './known-devices.repository.js';
import { LoginThrottle } from './login-throttle.repository.js';
import { MfaController } from './mfa/mfa.controller.js';
import { MfaRepository } from './mfa/mfa.repository.js';
import { MfaService } from './mfa/mfa.service.js';
import { SecondFactorsService } from './mfa/second-factors.service.js';
import { SecurityKeysService } from './mfa/security-keys.service.js';
import { PasswordLinksController } from './password-links/password-links.controller.js';
import { PasswordLinksRepository } from './password-links/password-links.repository.js';
import { PasswordLinksService } from './password-links/password-links.service.js';
import { PasswordPolicyService } from './password-policy.service.js';
import { PasswordProofsService } from './password-proofs.service.js';
import { PasswordService } from './password.service.js';
import { QuickProofsService } from './quick-unlock/quick-proofs.service.js';
import { QuickUnlockController } from './quick-unlock/quick-unlock.controller.js';
import { QuickUnlockRepository } from './quick-unlock/quick-unlock.repository.js';
import { QuickUnlockService } from './quick-unlock/quick-unlock.service.js';
import { PermissionEntry } from './roles/permission.entity.js';
import { RegisteredTillsController } from './registered-tills/registered-tills.controller.js';
import { RegisteredTillsRepository } from './registered-tills/registered-tills.repository.js';
import { RegisteredTillsService } from './registered-tills/registered-tills.service.js';
import { Role } from './roles/role.entity.js';
import { RolesController } from './roles/roles.controller.js';
import { RolesRepository } from './roles/roles.repository.js';
import { RolesService } from './roles/roles.service.js';
import { SessionOpenerService } from './session-opener.service.js';
import { SessionWatch } from './session-watch.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { StepUpsRepository } from './step-up/step-up.repository.js';
import { StepUpService } from './step-up/step-up.service.js';
import { WitnessService } from './witness/witness.service.js';
import { WitnessSignaturesRepository } from './witness/witness-signatures.repository.js';
import { User } from './users/user.entity.js';
import { UserAccessController } from './users/user-access.controller.js';
import { UserAccessService } from './users/user-access.service.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

/** Sign-in, users, roles, branches. Global: the guard of every route asks it who is there. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([User, Role, PermissionEntry, Branch])],
  controllers: [
    AuthController,
    AccountController,
    MfaController,
    PasswordLinksController,
    QuickUnlockController,
    UsersController,
    UserAccessController,
    RegisteredTillsController,
    RolesController,
    BranchesController,
  ],
  providers: [
    SessionsRepository,
    DatabaseSessionReader,
    SessionWatch,
    { provide: SESSION_READER, useExisting: DatabaseSessionReader },
    AccessRepository,
    CredentialsRepository,
    LoginThrottle,
    KnownDevicesRepository,
    RegisteredTillsRepository,
    RegisteredTillsService,
    PasswordService,
    PasswordPolicyService,
    PasswordProofsService,
    MfaRepository,
    MfaService,
    SecondFactorsService,
    SecurityKeysService,
    SessionOpenerService,
    AccountService,
    ConfirmationsService,
    PasswordLinksRepository,
    PasswordLinksService,
    QuickProofsService,
    UserAccessService,
    StepUpsRepository,
    StepUpService,
    WitnessSignaturesRepository,
    WitnessService,
    AuthService,
    QuickUnlockRepository,
    QuickUnlockService,
    UsersRepository,
    UsersService,
    RolesRepository,
    RolesService,
    BranchesRepository,
    BranchesService,
    FactorDueRepository,
    FactorCheckJobService,
    FirstStartRepository,
    AdministratorService,
  ],
  exports: [
    SESSION_READER,
    FactorCheckJobService,
    SessionWatch,
    StepUpService,
    WitnessService,
    BranchesService,
    PasswordService,
    PasswordLinksService,
    AdministratorService,
  ],
})
export class AuthModule {}
