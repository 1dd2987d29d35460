BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'The device''s side' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
        $null = New-IoTJob -JobId 'fw-7' -Thing 'lamp-1' -Document '{"operation":"install"}'
    }

    It 'sees what is pending' {
        $pending = Get-IoTJPendingJobExecution -ThingName 'lamp-1'
        $pending.QueuedJobs.JobId | Should -Be 'fw-7'
        $pending.InProgressJobs | Should -BeNullOrEmpty
    }

    It 'gets the document with the next execution' {
        (Get-IoTJJobExecution -JobId '$next' -ThingName 'lamp-1').JobDocument | Should -Be '{"operation":"install"}'
        $execution = Start-IoTJNextPendingJobExecution -ThingName 'lamp-1' -StatusDetail @{ step = 'download' }
        $execution.Status | Should -Be 'IN_PROGRESS'
        $execution.StatusDetails['step'] | Should -Be 'download'
    }

    It 'reports progress and result without a word' {
        $null = Start-IoTJNextPendingJobExecution -ThingName 'lamp-1'
        Update-IoTJJobExecution -JobId 'fw-7' -ThingName 'lamp-1' -Status IN_PROGRESS -StatusDetail @{ percent = 50 } | Should -BeNullOrEmpty
        Update-IoTJJobExecution -JobId 'fw-7' -ThingName 'lamp-1' -Status SUCCEEDED | Should -BeNullOrEmpty
        Start-IoTJNextPendingJobExecution -ThingName 'lamp-1' | Should -BeNullOrEmpty
        (Get-IoTJob -JobId 'fw-7').Status | Should -Be 'COMPLETED'
    }

    It 'learns the state of a report that did not fit' {
        $failure = { Update-IoTJJobExecution -JobId 'fw-7' -ThingName 'lamp-1' -Status SUCCEEDED -ExpectedVersion 9 -ErrorAction Stop } |
            Should -Throw -PassThru
        $failure.Exception.ExecutionState.VersionNumber | Should -Be 1
    }
}
