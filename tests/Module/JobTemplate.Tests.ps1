BeforeAll {
    . (Join-Path $PSScriptRoot 'TestDatabase.ps1')
    Import-TestModule
}

Describe 'Job templates' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
        $null = New-IoTJobTemplate -JobTemplateId 'fw' -Description 'Installs firmware' -Document '{"operation":"install"}' -TimeoutConfig_InProgressTimeoutInMinute 5
    }

    It 'describes and lists templates' {
        $template = Get-IoTJobTemplate -JobTemplateId 'fw'
        $template.Description | Should -Be 'Installs firmware'
        $template.Document | Should -Be '{"operation":"install"}'
        (Get-IoTJobTemplateList).JobTemplateId | Should -Be 'fw'
    }

    It 'makes a job of a template from the pipeline' {
        $null = Get-IoTJobTemplate -JobTemplateId 'fw' | New-IoTJob -JobId 'fw-7' -Thing 'lamp-1'
        $job = Get-IoTJob -JobId 'fw-7' -Select Job
        $job.JobTemplateArn | Should -Be (Get-IoTJobTemplate -JobTemplateId 'fw').JobTemplateArn
        $job.TimeoutConfig.InProgressTimeoutInMinutes | Should -Be 5
        Get-IoTJobDocument -JobId 'fw-7' | Should -Be '{"operation":"install"}'
    }

    It 'makes a template of a job from the pipeline' {
        $null = New-IoTJob -JobId 'cfg-1' -Thing 'lamp-1' -Document '{"operation":"configure"}'
        (Get-IoTJob -JobId 'cfg-1' | New-IoTJobTemplate -JobTemplateId 'cfg' -Description 'Configures').JobTemplateId | Should -Be 'cfg'
        Get-IoTJobTemplate -JobTemplateId 'cfg' -Select Document | Should -Be '{"operation":"configure"}'
    }

    It 'deletes a template without a word' {
        Remove-IoTJobTemplate -JobTemplateId 'fw' -Force | Should -BeNullOrEmpty
        { Get-IoTJobTemplate -JobTemplateId 'fw' -ErrorAction Stop } | Should -Throw -ErrorId 'ResourceNotFoundException,IoTJobsToolkit.Cmdlets.GetIoTJobTemplateCommand'
    }

    It 'refuses a second template of an id' {
        { New-IoTJobTemplate -JobTemplateId 'fw' -Description 'Again' -Document '{}' -ErrorAction Stop } |
            Should -Throw -ErrorId 'ConflictException,IoTJobsToolkit.Cmdlets.NewIoTJobTemplateCommand'
    }
}

Describe 'Managed job templates' {
    AfterEach { Disconnect-IoTJobs }

    BeforeEach {
        Connect-TestDatabase
        $null = New-IoTThing -ThingName 'lamp-1'
    }

    It 'lists eight and describes each with its parameters' {
        Get-IoTManagedJobTemplateList | Should -HaveCount 8
        $template = Get-IoTManagedJobTemplateList -TemplateName 'AWS-Download-File' | Get-IoTManagedJobTemplate
        $template.DocumentParameters.Key | Should -Be @('downloadUrl', 'filePath', 'runAsUser', 'pathToHandler')
    }

    It 'fills in the parameters' {
        $template = Get-IoTManagedJobTemplate -TemplateName 'AWS-Run-Command'
        $null = New-IoTJob -JobId 'run' -Thing 'lamp-1' -JobTemplateArn $template.TemplateArn -DocumentParameter @{ command = 'echo,"hi"' }
        $action = (Get-IoTJobDocument -JobId 'run' | ConvertFrom-Json).steps[0].action
        $action.input.command | Should -Be 'echo,"hi"'
        Get-IoTJobDocument -JobId 'run' -BeforeSubstitution $true | Should -Be $template.Document
    }
}
