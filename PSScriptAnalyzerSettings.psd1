@{
    Severity     = @('Error', 'Warning', 'Information')

    # Pester's blocks share variables by scope, which the rule cannot see.
    ExcludeRules = @('PSUseDeclaredVarsMoreThanAssignments')

    Rules        = @{
        PSPlaceOpenBrace             = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSPlaceCloseBrace            = @{ Enable = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSUseConsistentIndentation   = @{ Enable = $true; IndentationSize = 4; Kind = 'space' }
        PSUseConsistentWhitespace    = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSUseCorrectCasing           = @{ Enable = $true }
        PSAvoidUsingPositionalParameters          = @{ Enable = $true; CommandAllowList = @('Join-Path') }
        PSAvoidUsingDoubleQuotesForConstantString = @{ Enable = $true }
    }
}
