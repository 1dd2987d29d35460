#requires -Version 7.6
<#
.SYNOPSIS
    Builds, tests, checks or packages the PowerShell module.
.DESCRIPTION
    Build    compiles the module and lays it out at out/module/IoTJobsToolkit, ready for Import-Module.
    Test     builds, then runs all tests in .NET and the Pester suites.
    Analyze  builds, then runs PSScriptAnalyzer over every script and manifest.
    Package  builds, then copies the module to out/package/IoTJobsToolkit/VERSION, ready to be copied to a module folder, and makes
             out/package/IoTJobsToolkit.VERSION.nupkg of it, ready to be published to a gallery.
    Nothing but the .NET SDK is needed; Pester 5 for the Pester suites, PSScriptAnalyzer for Analyze, Microsoft.PowerShell.PSResourceGet
    1.1 (PowerShell comes with it) for the nupkg.
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

# In a process of its own: an assembly that this one has loaded could not be built again.
function Test-Command {
    param([Parameter(Mandatory)] [string] $Command)

    $path = (Get-Process -Id $PID).Path
    # A PowerShell which is a tool of .NET runs within dotnet.
    $program = @(if ((Split-Path -Path $path -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    & $path @program -NoProfile -NonInteractive -Command $Command | Out-Host
    $LASTEXITCODE -eq 0
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

    Assert-Module -Name Pester -MinimumVersion 5.0
    $suites = Join-Path $PSScriptRoot 'tests' 'Module'
    $command = "Import-Module -Name Pester -MinimumVersion 5.0; " +
        "if ((Invoke-Pester -Path '$($suites.Replace("'", "''"))' -PassThru).Result -ne 'Passed') { exit 1 }"
    if (-not (Test-Command -Command $command)) {
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
    $packages = Join-Path $PSScriptRoot 'out' 'package'
    if (Test-Path -LiteralPath $packages) {
        Remove-Item -LiteralPath $packages -Recurse -Force
    }
    $package = Join-Path $packages 'IoTJobsToolkit' $version
    $null = New-Item -ItemType Directory -Path $package -Force
    Copy-Item -Path (Join-Path $module '*') -Destination $package -Recurse
    Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'CHANGELOG.md') -Destination $package
    $packaged = Join-Path $package 'IoTJobsToolkit.psd1'
    $null = Test-ModuleManifest -Path $packaged
    $import = "`$ErrorActionPreference = 'Stop'; Import-Module -Name '$($packaged.Replace("'", "''"))'; " +
        'if (-not (Get-Command -Module IoTJobsToolkit)) { exit 1 }'
    if (-not (Test-Command -Command $import)) {
        throw "$packaged cannot be imported."
    }
    Write-Information -MessageData "The module is at $package." -InformationAction Continue

    if (-not (Get-Command -Name Compress-PSResource -ErrorAction Ignore)) {
        Write-Warning -Message 'No nupkg was made: Compress-PSResource is not there. Install-PSResource Microsoft.PowerShell.PSResourceGet brings it.'
        return
    }
    $null = Compress-PSResource -Path $package -DestinationPath $packages
    $archive = Get-ChildItem -LiteralPath $packages -Filter "IoTJobsToolkit.$version*.nupkg"
    if (-not $archive) {
        throw 'Compress-PSResource made no nupkg.'
    }
    Write-Information -MessageData "The nupkg is at $($archive.FullName)." -InformationAction Continue
}

Invoke-Build -Configuration $Configuration
if ($Task -contains 'Test') { Invoke-Test -Configuration $Configuration }
if ($Task -contains 'Analyze') { Invoke-Analyze }
if ($Task -contains 'Package') { Invoke-Package }
