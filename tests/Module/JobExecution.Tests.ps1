BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Job executions' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = 'lamp-1', 'lamp-2' | New-IoTThing
        $null = Get-IoTThing | New-IoTJob -JobId 'fw-7' -Document '{}'
        $null = Start-IoTJNextPendingJobExecution -ThingName 'lamp-2'
    }

    It 'lists them by job and by thing' {
        (Get-IoTJobExecutionsForJobList -JobId 'fw-7').ThingName | Should -Be @('lamp-1', 'lamp-2')
        (Get-IoTJobExecutionsForThingList -ThingName 'lamp-2').Status | Should -Be 'IN_PROGRESS'
        Get-IoTJobExecutionsForJobList -JobId 'fw-7' -Status QUEUED | Should -HaveCount 1
    }

    It 'describes one' {
        $execution = Get-IoTJobExecution -JobId 'fw-7' -ThingName 'lamp-1'
        $execution.Status | Should -Be 'QUEUED'
        $execution.VersionNumber | Should -Be 1
    }

    It 'cancels a queued one, and a running one only with -Force' {
        Stop-IoTJobExecution -JobId 'fw-7' -ThingName 'lamp-1' | Should -BeNullOrEmpty
        { Stop-IoTJobExecution -JobId 'fw-7' -ThingName 'lamp-2' -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidStateTransitionException,IoTJobsToolkit.Cmdlets.StopIoTJobExecutionCommand'
        Stop-IoTJobExecution -JobId 'fw-7' -ThingName 'lamp-2' -Force
        (Get-IoTJobExecutionsForJobList -JobId 'fw-7').Status | Sort-Object -Unique | Should -Be 'CANCELED'
    }

    It 'removes the failed ones of a job' {
        Update-IoTJJobExecution -JobId 'fw-7' -ThingName 'lamp-2' -Status FAILED
        Get-IoTJobExecutionsForJobList -JobId 'fw-7' | Where-Object Status -EQ FAILED | Remove-IoTJobExecution -Force
        (Get-IoTJobExecutionsForJobList -JobId 'fw-7').ThingName | Should -Be 'lamp-1'
    }
}
