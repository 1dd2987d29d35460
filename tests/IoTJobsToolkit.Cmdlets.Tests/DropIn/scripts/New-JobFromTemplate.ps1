# Makes a template, a job from it, and a job from one of AWS's own templates.
param([Parameter(Mandatory)] [string] $ThingName)

$ErrorActionPreference = 'Stop'

$template = New-IOTJobTemplate -JobTemplateId 'nightly' -Description 'Nightly configuration' -Document '{"operation":"configure"}' `
    -TimeoutConfig_InProgressTimeoutInMinutes 30 -PresignedUrlConfig_ExpiresInSec 600 -Tags @{ Key = 'team'; Value = 'ops' }
$arn = (Get-IOTThing -ThingName $ThingName).ThingArn

New-IOTJob -JobId 'nightly-1' -Target $arn -JobTemplateArn $template.JobTemplateArn -Select JobId

$reboot = Get-IOTManagedJobTemplateList | Where-Object { $_.TemplateName -eq 'AWS-Reboot' } | Select-Object -First 1
$details = Get-IOTManagedJobTemplate -TemplateName $reboot.TemplateName
$job = New-IOTJob -JobId 'reboot-1' -Target $arn -JobTemplateArn $details.TemplateArn -DocumentParameter @{ runAsUser = 'root' }
$job.JobId

"templates: $((Get-IOTJobTemplateList).JobTemplateId -join ' ')"
"timeout: $((Get-IOTJob -JobId 'nightly-1').Job.TimeoutConfig.InProgressTimeoutInMinutes)"
"document: $((Get-IOTJobDocument -JobId 'nightly-1'))"
Remove-IOTJobTemplate -JobTemplateId 'nightly' -Force
"left: $(@(Get-IOTJobTemplateList).Count)"
