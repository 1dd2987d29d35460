BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Settings' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach { Connect-TestDatabase }

    It 'tells how much of each quota is used' {
        $null = New-IoTJobTemplate -JobTemplateId 't' -Description 'd' -Document '{}'
        $templates = Get-IoTLimit | Where-Object Name -eq 'JobTemplates'
        $templates.Used | Should -Be 1
        $templates.Limit | Should -Be 100
    }

    It 'keeps how long ended jobs stay' {
        (Get-IoTRetention).Days | Should -Be 90
        Set-IoTRetention -Days 30 -WhatIf
        (Get-IoTRetention).Days | Should -Be 90
        Set-IoTRetention -Days 30 -Force | Should -BeNullOrEmpty
        (Get-IoTRetention).Days | Should -Be 30
    }

    It 'refuses what no retention can be' {
        { Set-IoTRetention -Days 0 -Force -ErrorAction Stop } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,IoTJobsToolkit.Cmdlets.SetIoTRetentionCommand'
    }
}
