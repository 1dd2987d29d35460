using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// A refusal of the only thing that a command asks for ends its statement, so that a script's <c>try</c> catches it, as with AWS's own module. One among several,
/// or one of what comes down a pipeline, is written, and the others have their turn.
/// </summary>
public abstract partial class IoTJobsCmdlet
{
    private int _asked;
    private ErrorRecord? _only;

    /// <summary>How often something that was asked for was refused so far.</summary>
    private protected int Refusals { get; private set; }

    protected override void EndProcessing()
    {
        AwaitAhead(0);
        if (_only is { } refusal)
        {
            ThrowTerminatingError(refusal);
        }
    }

    /// <summary>Something is asked for: what was refused before was not all.</summary>
    private void Ask()
    {
        _asked++;
        TellRefusal();
    }

    /// <summary>What was asked for so far only prepared what comes now.</summary>
    private protected void AskAnew() => _asked = 0;

    /// <summary>Something else comes now, such as a question to the user: what was refused before is told first.</summary>
    private protected void TellRefusal()
    {
        if (_only is { } refusal)
        {
            _only = null;
            WriteError(refusal);
        }
    }

    private void Refuse(ErrorRecord refusal)
    {
        Refusals++;
        if (_asked == 1 && !MyInvocation.ExpectingInput && Preference() == ActionPreference.Continue)
        {
            _only = refusal;
        }
        else
        {
            WriteError(refusal);
        }
    }
}
