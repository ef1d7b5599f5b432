using Toolkit.Cli.Frame;
using Toolkit.Onnx;

namespace Toolkit.Cli;

/// <summary>An .onnx file that has been read and looked at.</summary>
internal sealed class ModelFile
{
    private ModelFile(string path, byte[] bytes, OnnxLimits limits, OnnxModel? model, UnsupportedOperatorException? unsupported)
    {
        Path = path;
        Bytes = bytes;
        Limits = limits;
        Model = model;
        Unsupported = unsupported;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its content.</summary>
    public byte[] Bytes { get; }

    /// <summary>The limits that it was read with.</summary>
    public OnnxLimits Limits { get; }

    /// <summary>The model; null where it has an operator that only another runtime knows.</summary>
    public OnnxModel? Model { get; }

    /// <summary>Which operators are not known here, and at which nodes; null where all are.</summary>
    public UnsupportedOperatorException? Unsupported { get; }

    /// <summary>Reads a model file and checks that it is one.</summary>
    /// <exception cref="UsageException">There is no such file, or it is a folder.</exception>
    /// <exception cref="OnnxModelException">It is not a valid model; the message names the file.</exception>
    public static ModelFile Open(string path, OnnxLimits limits)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path)
                ? $"'{path}': expected an .onnx file, got a folder."
                : $"'{path}': expected an .onnx file, found none; check the path, or make one with '{ToolkitCli.Name} train'.");
        }

        if (new FileInfo(path).Length > limits.MaxFileBytes)
        {
            throw new UsageException($"'{path}': expected at most {limits.MaxFileBytes >> 20} MiB, got {new FileInfo(path).Length >> 20} MiB.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return new ModelFile(path, bytes, limits, OnnxModel.Parse(bytes, limits), null);
        }
        catch (UnsupportedOperatorException exception)
        {
            return new ModelFile(path, bytes, limits, null, exception);
        }
        catch (OnnxModelException exception)
        {
            throw new OnnxModelException($"'{path}': {exception.Message}", exception);
        }
    }
}
