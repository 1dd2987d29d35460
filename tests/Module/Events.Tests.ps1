BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Events and endpoints' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach { Connect-TestDatabase }

    It 'switches the events of jobs on' {
        Update-IoTEventConfiguration -EventConfiguration @{ JOB = @{ Enabled = $true } } | Should -BeNullOrEmpty
        $configuration = (Get-IoTEventConfiguration).EventConfigurations
        $configuration['JOB'].Enabled | Should -BeTrue
        $configuration['JOB_EXECUTION'].Enabled | Should -BeFalse
    }

    It 'refuses a kind of event that there is not' {
        { Update-IoTEventConfiguration -EventConfiguration @{ WEATHER = $true } -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidRequestException,IoTJobsToolkit.Cmdlets.UpdateIoTEventConfigurationCommand'
    }

    It 'tells where devices go' {
        Get-IoTEndpoint -EndpointType 'iot:Data-ATS' | Should -Be 'localhost'
    }
}
