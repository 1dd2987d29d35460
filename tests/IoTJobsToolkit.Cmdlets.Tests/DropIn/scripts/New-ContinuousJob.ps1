# Keeps the agent of a group up to date, takes another thing in by hand, and cleans up at night.
param(
    [Parameter(Mandatory)] [string] $GroupName,
    [Parameter(Mandatory)] [string] $ExtraThing,
    [string] $ProfileName = 'fleet-admin'
)

$ErrorActionPreference = 'Stop'
$common = @{ ProfileName = $ProfileName; Region = 'us-east-1' }

$group = Get-IOTThingGroup -ThingGroupName $GroupName @common
$parameters = @{
    JobId           = "agent-$GroupName"
    Targets         = $group.ThingGroupArn
    Document        = '{"operation":"agent","channel":"stable"}'
    TargetSelection = 'CONTINUOUS'
}
$null = New-IOTJob @parameters @common

$thing = Get-IOTThing $ExtraThing @common
$null = Add-IOTTargetsWithJob -JobId "agent-$GroupName" -Target $thing.ThingArn -Comment 'by hand' @common -Force

$job = (Get-IOTJob -JobId "agent-$GroupName" @common).Job
"$($job.TargetSelection.Value) with $($job.Targets.Count) targets"

$night = @{
    JobId                              = "clean-$GroupName"
    Targets                            = $group.ThingGroupArn
    Document                           = '{"operation":"clean"}'
    TargetSelection                    = 'CONTINUOUS'
    SchedulingConfig_MaintenanceWindow = @{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 120 }
}
$null = New-IOTJob @night @common
$windows = (Get-IOTJob -JobId "clean-$GroupName" @common).Job.SchedulingConfig.MaintenanceWindows
"at night for $($windows[0].DurationInMinutes) minutes"
