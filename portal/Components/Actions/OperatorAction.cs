using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Live;
using MudBlazor;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>What an action would do now, in numbers.</summary>
/// <param name="Confirm">What the button says; null when the action is not possible now, and the sentence says why.</param>
public sealed record ActionEffect(string Sentence, string? Confirm);

/// <summary>Something with consequences that an operator may ask for: it says what it will do, is asked once, then done.</summary>
public abstract record OperatorAction
{
    public abstract string Label { get; }

    public abstract string Question { get; }

    public abstract LiveScope Scope { get; }

    /// <summary>Whether the operator may leave a reason code and a comment.</summary>
    public virtual bool TakesReason => false;

    /// <summary>Whether the operator may leave a comment.</summary>
    public virtual bool TakesComment => TakesReason;

    /// <summary>Whether it ends something that does not come back.</summary>
    public virtual bool IsDestructive => true;

    /// <summary>The colour of the buttons that ask for it.</summary>
    public Color Color => IsDestructive ? Color.Error : Color.Primary;

    public abstract Task<ActionEffect> LookAsync(IJobs jobs);

    /// <returns>What was done, as a sentence.</returns>
    public abstract Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment);
}
