BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Activity' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document '{}'
        Stop-IoTJob -JobId 'fw-7'
    }

    It 'tells what was done, the newest first' {
        (Get-IoTActivity).OperationName | Should -Be @('CancelJob', 'CreateJob', 'CreateThing')
    }

    It 'tells what was done to a job that comes down the pipeline' {
        (Get-IoTJob -JobId 'fw-7' | Get-IoTActivity).OperationName | Should -Be @('CancelJob', 'CreateJob')
    }

    It 'finds by operation and by time' {
        (Get-IoTActivity -OperationName 'CreateThing').SubjectName | Should -Be 'lamp-1'
        Get-IoTActivity -Until 1 | Should -BeNullOrEmpty
    }
}
