namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>For which things somebody wants to know what they have to do. Asked on the store's thread, for each thing of a commit: it answers at once.</summary>
public interface IThingAudience
{
    bool IsHeard(string thingName);
}

/// <summary>Nobody listens, for any thing.</summary>
public sealed class NoAudience : IThingAudience
{
    public static NoAudience Instance { get; } = new();

    private NoAudience()
    {
    }

    public bool IsHeard(string thingName) => false;
}
