using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>Generated readers and writers of the control plane; <see cref="WireJson"/> says how they spell.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CreateJob))]
[JsonSerializable(typeof(CreateJobResponse))]
[JsonSerializable(typeof(DescribeJob))]
[JsonSerializable(typeof(DescribeJobResponse))]
[JsonSerializable(typeof(UpdateJob))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(CancelJobResponse))]
[JsonSerializable(typeof(DeleteJob))]
[JsonSerializable(typeof(GetJobDocument))]
[JsonSerializable(typeof(GetJobDocumentResponse))]
[JsonSerializable(typeof(ListJobs))]
[JsonSerializable(typeof(ListJobsResponse))]
[JsonSerializable(typeof(ListJobExecutionsForJob))]
[JsonSerializable(typeof(ListJobExecutionsForJobResponse))]
[JsonSerializable(typeof(ListJobExecutionsForThing))]
[JsonSerializable(typeof(ListJobExecutionsForThingResponse))]
[JsonSerializable(typeof(DescribeJobExecution))]
[JsonSerializable(typeof(DescribeJobExecutionResponse))]
[JsonSerializable(typeof(CancelJobExecution))]
[JsonSerializable(typeof(DeleteJobExecution))]
[JsonSerializable(typeof(CreateJobTemplate))]
[JsonSerializable(typeof(CreateJobTemplateResponse))]
[JsonSerializable(typeof(DescribeJobTemplate))]
[JsonSerializable(typeof(DescribeJobTemplateResponse))]
[JsonSerializable(typeof(DeleteJobTemplate))]
[JsonSerializable(typeof(ListJobTemplates))]
[JsonSerializable(typeof(ListJobTemplatesResponse))]
[JsonSerializable(typeof(ListManagedJobTemplates))]
[JsonSerializable(typeof(ListManagedJobTemplatesResponse))]
[JsonSerializable(typeof(DescribeManagedJobTemplate))]
[JsonSerializable(typeof(DescribeManagedJobTemplateResponse))]
internal sealed partial class ControlJson : JsonSerializerContext;
