using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Health;

/// <summary>Everything that <c>doctor</c> looks at.</summary>
internal static class HealthChecks
{
    private const string KernelVariable = "TOOLKIT_KERNELS";

    public static IReadOnlyList<HealthCheck> Run(CommandContext context) =>
    [
        new(".NET", HealthState.Ok, $"{RuntimeInformation.FrameworkDescription}, {(RuntimeFeature() ? "JIT" : "ahead of time")}"),
        new("system", HealthState.Ok, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        new("cores", HealthState.Ok, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount}; {context.Threads} used")),
        new("memory", HealthState.Ok, string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):F1} GiB for this process")),
        new("instructions", HealthState.Ok, Instructions()),
        Kernels(),
        .. Backends.All.Select(Backend),
        .. DatasetCatalog.All.Select(entry => Data(entry, context.DataRequest)),
        Cache(context.DataRequest),
        CurrentFolder(),
    ];

    private static bool RuntimeFeature() => System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeCompiled;

    private static string Instructions()
    {
        (string Name, bool Has)[] sets =
        [
            ("AVX-512F", Avx512F.IsSupported), ("AVX-512 VNNI", Avx512Vnni()), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("SSE4.2", Sse42.IsSupported),
            ("AdvSimd", AdvSimd.IsSupported), ("SDOT", Dp.IsSupported),
        ];
        string[] names = [.. sets.Where(set => set.Has).Select(set => set.Name)];
        return names.Length > 0 ? string.Join(", ", names)
            : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "none with vectors; computing will be slow";
    }

    private static bool Avx512Vnni() => Avx512BW.IsSupported && (X86Base.CpuId(7, 0).Ecx & (1 << 11)) != 0;

    private static HealthCheck Kernels()
    {
        string? forced = Environment.GetEnvironmentVariable(KernelVariable);
        try
        {
            string available = string.Join(", ", KernelSet.Available.Select(set => set.Name));
            string how = string.IsNullOrEmpty(forced) ? $"the fastest here; {KernelVariable} takes {available}" : $"forced by {KernelVariable}; here are {available}";
            return new HealthCheck("kernels", HealthState.Ok, $"{KernelSet.Current.Name} ({how})");
        }
        catch (Exception exception) when (exception is PlatformNotSupportedException or TypeInitializationException)
        {
            return new HealthCheck("kernels", HealthState.Broken, (exception.InnerException ?? exception).Message);
        }
    }

    private static HealthCheck Backend(IInferenceBackend backend) => backend.UnavailableReason is { } reason
        ? new HealthCheck($"backend {backend.Name}", HealthState.Missing, reason)
        : new HealthCheck($"backend {backend.Name}", HealthState.Ok, backend.Name == "managed" ? "pure C#, always here" : $"ONNX Runtime {OnnxRuntimeVersion()}");

    private static string OnnxRuntimeVersion() =>
        typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "of unknown version";

    private static HealthCheck Data(DatasetEntry entry, DatasetRequest request)
    {
        string name = $"data {entry.Name}";
        try
        {
            return entry.Find(request) is { } place
                ? new HealthCheck(name, HealthState.Ok, place)
                : new HealthCheck(name, HealthState.Missing, $"get it with '{ToolkitCli.Name} data get {entry.Name}', or give its folder with --data or $TOOLKIT_DATA");
        }
        catch (DatasetException exception)
        {
            return new HealthCheck(name, HealthState.Missing, exception.Message);
        }
    }

    private static HealthCheck Cache(DatasetRequest request)
    {
        if (request.CacheFolder is not { } folder)
        {
            return new HealthCheck("cache", HealthState.Missing, "this account has no home folder; set XDG_CACHE_HOME to keep downloads");
        }

        string? existing = folder;
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        return existing is not null && CanWrite(existing)
            ? new HealthCheck("cache", HealthState.Ok, $"{folder}{(existing == folder ? "" : " (made at the first download)")}")
            : new HealthCheck("cache", HealthState.Missing, $"{folder} cannot be written; set XDG_CACHE_HOME to keep downloads");
    }

    private static HealthCheck CurrentFolder() => CanWrite(Environment.CurrentDirectory)
        ? new HealthCheck("current folder", HealthState.Ok, $"{Environment.CurrentDirectory} can be written")
        : new HealthCheck("current folder", HealthState.Missing, $"{Environment.CurrentDirectory} cannot be written; give 'train' an --out elsewhere");

    private static bool CanWrite(string folder) => OutputPath.FindReasonAgainst(folder) is null;
}
