using Toolkit.Cli.Frame;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;
using Toolkit.Onnx;

namespace Toolkit.Cli.Inputs;

/// <summary>Reads a file of any known kind as the inputs of a model.</summary>
internal static class InputFile
{
    /// <summary>The endings that are known.</summary>
    public const string Kinds = ".npy, .npz, .png, .jpg or .csv";

    /// <summary>Reads a file and fits it to the model's inputs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">What the model takes.</param>
    /// <param name="invert">Whether a picture's light and dark are swapped.</param>
    /// <exception cref="UsageException">The file is missing, of an unknown kind, damaged, or does not fit.</exception>
    public static OrderedDictionary<string, Tensor> Read(string path, IReadOnlyList<ValueInfo> inputs, bool invert)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"'{path}': expected an input file, found none; check the path.");
        }

        string kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind == ".npz")
        {
            return FromArchive(path, inputs);
        }

        if (inputs.Count != 1)
        {
            throw new UsageException(
                $"'{path}': the model takes {inputs.Count} inputs ({string.Join(", ", inputs.Select(input => input.ToString()))}); give them by name in one .npz file.");
        }

        ValueInfo input = inputs[0];
        Tensor tensor = kind switch
        {
            ".npy" => Fit.Exactly(Guard(path, () => NpyFile.Read(path)), input, path),
            ".png" or ".jpg" or ".jpeg" => ImageFile.Read(path, input, invert),
            ".csv" => Fit.ToInput(CsvFile.Read(path), input, path),
            _ => throw new UsageException($"'{path}': expected a {Kinds} file, got '{kind}'; convert it."),
        };
        return new OrderedDictionary<string, Tensor> { [input.Name] = tensor };
    }

    private static OrderedDictionary<string, Tensor> FromArchive(string path, IReadOnlyList<ValueInfo> inputs)
    {
        IReadOnlyDictionary<string, Tensor> arrays = Guard(path, () => NpzFile.Read(path));
        var tensors = new OrderedDictionary<string, Tensor>();
        foreach (ValueInfo input in inputs)
        {
            Tensor? array = arrays.GetValueOrDefault(input.Name);
            tensors.Add(input.Name, array is null
                ? throw new UsageException($"'{path}': expected an array '{input.Name}' ({input}), found {string.Join(", ", arrays.Keys.Select(name => $"'{name}'"))}; rename the array.")
                : Fit.Exactly(array, input, path));
        }

        return tensors;
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or ArgumentException or NotSupportedException or EndOfStreamException)
        {
            throw new UsageException($"'{path}': {exception.Message}");
        }
    }
}
