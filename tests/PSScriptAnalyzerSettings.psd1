@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        'PSUseDeclaredVarsMoreThanAssignments'    # a Pester block reads what another one sets
        'PSReviewUnusedParameter'                 # so does a function of a script
        'PSAvoidUsingComputerNameHardcoded'       # the nodes of a recorded cloud
        'PSAvoidUsingWriteHost'                   # a test says why it is skipped
    )
}
