namespace IoTJobsToolkit.Wire;

/// <summary>Which of AWS's two APIs a request means: two paths exist on both, with different answers (http-api 2).</summary>
public enum Plane
{
    /// <summary>Jobs, templates and the registry: signed as <c>iot</c>.</summary>
    Control,

    /// <summary>What devices call: signed as <c>iot-jobs-data</c>.</summary>
    Data,
}
