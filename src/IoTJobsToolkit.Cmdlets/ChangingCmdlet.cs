using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A cmdlet that changes something: it can say what it would do, ask first, and hand on whom it was about.</summary>
public abstract class ChangingCmdlet : IoTJobsCmdlet
{
    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the name or id of what was changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The parameter which names what is changed.</summary>
    protected abstract string Identity { get; }

    protected override string? SelectOr(string? answer) => Select ?? (PassThru ? "^" + Identity : answer);

    /// <summary>True when the change is wanted: not with -WhatIf, after asking where that is due; -Force does not ask.</summary>
    protected bool Wants(string target, string action)
    {
        TellRefusal();
        if (Force && !IsGiven("Confirm") && !IsWhatIf)
        {
            WriteVerbose($"{action}: {target}");
            return true;
        }
        return ShouldProcess(target, action);
    }

    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var whatIf)
        ? LanguagePrimitives.IsTrue(whatIf)
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    private bool IsGiven(string parameter) =>
        MyInvocation.BoundParameters.TryGetValue(parameter, out var value) && LanguagePrimitives.IsTrue(value);
}
