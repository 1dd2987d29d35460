#requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests, checks or packages the PowerShell module.
.DESCRIPTION
    Build    compiles the module and lays it out at out/module/IoTJobsToolkit, ready for Import-Module.
    Test     builds, then runs all tests in .NET and the Pester suites.
    Analyze  builds, then runs PSScriptAnalyzer over every script and manifest.
    Package  builds, then copies the module to out/package/IoTJobsToolkit/VERSION, ready to be zipped or copied to a module folder.
    Nothing but the .NET SDK is needed; Pester 5 for the Pester suites, PSScriptAnalyzer for Analyze.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test, Package -Configuration Debug
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$module = Join-Path $PSScriptRoot 'out' 'module' 'IoTJobsToolkit'
$manifest = Join-Path $module 'IoTJobsToolkit.psd1'

function Invoke-DotNet {
    param([Parameter(Mandatory)] [string[]] $ArgumentList)

    & dotnet @ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($ArgumentList -join ' ') failed with exit code $LASTEXITCODE."
    }
}

function Assert-Module {
    param(
        [Parameter(Mandatory)] [string] $Name,
        [Parameter(Mandatory)] [version] $MinimumVersion
    )

    $found = Get-Module -ListAvailable -Name $Name | Where-Object { $_.Version -ge $MinimumVersion }
    if (-not $found) {
        throw "$Name $MinimumVersion or later is needed: Install-PSResource $Name"
    }
}

function Invoke-Build {
    param([Parameter(Mandatory)] [string] $Configuration)

    if (Test-Path -LiteralPath $module) {
        Remove-Item -LiteralPath $module -Recurse -Force
    }
    $project = Join-Path $PSScriptRoot 'src' 'IoTJobsToolkit.Cmdlets'
    Invoke-DotNet -ArgumentList 'build', $project, '--configuration', $Configuration, '--nologo'
    $null = Test-ModuleManifest -Path $manifest
}

function Invoke-Test {
    param([Parameter(Mandatory)] [string] $Configuration)

    $solution = Join-Path $PSScriptRoot 'IoTJobsToolkit.sln'
    Invoke-DotNet -ArgumentList 'test', $solution, '--configuration', $Configuration, '--nologo'

    # In a process of its own: an assembly that this one has loaded could not be built again.
    Assert-Module -Name Pester -MinimumVersion 5.0
    $suites = Join-Path $PSScriptRoot 'tests' 'Module'
    $command = "Import-Module -Name Pester -MinimumVersion 5.0; " +
        "if ((Invoke-Pester -Path '$($suites.Replace("'", "''"))' -PassThru).Result -ne 'Passed') { exit 1 }"
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $command
    if ($LASTEXITCODE -ne 0) {
        throw 'The Pester suites failed.'
    }
}

function Invoke-Analyze {
    Assert-Module -Name PSScriptAnalyzer -MinimumVersion 1.21
    Import-Module -Name PSScriptAnalyzer -MinimumVersion 1.21
    $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
    $places = @(
        Join-Path $PSScriptRoot 'build.ps1'
        Join-Path $PSScriptRoot 'module'
        Join-Path $PSScriptRoot 'tests' 'Module'
    )
    $findings = $places | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse -Settings $settings }
    if ($findings) {
        $findings | Format-Table -AutoSize | Out-String -Width 200 | Write-Information -InformationAction Continue
        throw "$(@($findings).Count) findings of PSScriptAnalyzer."
    }
}

function Invoke-Package {
    $version = (Test-ModuleManifest -Path $manifest).Version
    $package = Join-Path $PSScriptRoot 'out' 'package' 'IoTJobsToolkit' $version
    if (Test-Path -LiteralPath $package) {
        Remove-Item -LiteralPath $package -Recurse -Force
    }
    $null = New-Item -ItemType Directory -Path $package -Force
    Copy-Item -Path (Join-Path $module '*') -Destination $package -Recurse
    Write-Information -MessageData "The module is at $package." -InformationAction Continue
}

Invoke-Build -Configuration $Configuration
if ($Task -contains 'Test') { Invoke-Test -Configuration $Configuration }
if ($Task -contains 'Analyze') { Invoke-Analyze }
if ($Task -contains 'Package') { Invoke-Package }
