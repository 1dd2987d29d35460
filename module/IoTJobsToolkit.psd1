@{
    RootModule           = 'IoTJobsToolkit.Cmdlets.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6d1f8c0a-6f0e-4c43-9b57-3a2f5c1e7d84'
    Author               = 'IoTJobsToolkit'
    CompanyName          = 'IoTJobsToolkit'
    Copyright            = '(c) IoTJobsToolkit contributors. MIT license.'
    Description          = 'Remote operations for fleets of devices: AWS IoT Jobs, self-hosted, with cmdlets named as in AWS Tools for PowerShell.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('IoTJobsToolkit.types.ps1xml', 'IoTJobsToolkit.Schedules.types.ps1xml')
    FormatsToProcess     = @(
        'IoTJobsToolkit.Jobs.format.ps1xml'
        'IoTJobsToolkit.Templates.format.ps1xml'
        'IoTJobsToolkit.Things.format.ps1xml'
        'IoTJobsToolkit.Schedules.format.ps1xml'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @('Get-IOTJobsList', 'Get-IOTThingGroupsList', 'Get-IoTResourceTagList')
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-IoTResourceTag'
        'Add-IoTTargetsWithJob'
        'Add-IoTThingToThingGroup'
        'Clear-IoTJobHistory'
        'Connect-IoTJobs'
        'Disconnect-IoTJobs'
        'Get-IoTEndpoint'
        'Get-IoTEventConfiguration'
        'Get-IoTJJobExecution'
        'Get-IoTJob'
        'Get-IoTJobDocument'
        'Get-IoTJobExecution'
        'Get-IoTJobExecutionsForJobList'
        'Get-IoTJobExecutionsForThingList'
        'Get-IoTJobList'
        'Get-IoTJobTemplate'
        'Get-IoTJobTemplateList'
        'Get-IoTJPendingJobExecution'
        'Get-IoTManagedJobTemplate'
        'Get-IoTManagedJobTemplateList'
        'Get-IoTTagListForResource'
        'Get-IoTThing'
        'Get-IoTThingGroup'
        'Get-IoTThingGroupList'
        'Get-IoTThingGroupsForThingList'
        'Get-IoTThingList'
        'Get-IoTThingsInThingGroupList'
        'New-IoTDynamicThingGroup'
        'New-IoTJob'
        'New-IoTJobCodeSignature'
        'New-IoTJobTemplate'
        'New-IoTThing'
        'New-IoTThingGroup'
        'Remove-IoTDynamicThingGroup'
        'Remove-IoTJob'
        'Remove-IoTJobExecution'
        'Remove-IoTJobTemplate'
        'Remove-IoTResourceTag'
        'Remove-IoTThing'
        'Remove-IoTThingFromThingGroup'
        'Remove-IoTThingGroup'
        'Start-IoTJNextPendingJobExecution'
        'Stop-IoTJob'
        'Stop-IoTJobExecution'
        'Update-IoTDynamicThingGroup'
        'Update-IoTEventConfiguration'
        'Update-IoTJJobExecution'
        'Update-IoTJob'
        'Update-IoTThing'
        'Update-IoTThingGroup'
        'Update-IoTThingGroupsForThing'
    )
    PrivateData          = @{
        PSData = @{
            Tags = @('IoT', 'AWS', 'Jobs', 'Fleet', 'OTA', 'Devices', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
