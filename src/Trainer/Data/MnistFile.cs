using System.Security.Cryptography;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>One of the four files of a data set in MNIST's form.</summary>
/// <param name="Name">Its published name, without <c>.gz</c>.</param>
/// <param name="Shape">What it holds: [n, 28, 28] or [n].</param>
/// <param name="Sha256">The hash of the uncompressed file, in lower-case hexadecimal.</param>
internal sealed record MnistFile(string Name, Shape Shape, string Sha256)
{
    /// <summary>Bytes of the uncompressed file.</summary>
    public int Size => 4 + (4 * Shape.Rank) + Shape.Length;

    /// <summary>The names that the file goes by: as published, and with the dot that some unpackers put in.</summary>
    public IEnumerable<string> Spellings
    {
        get
        {
            string dotted = Name.Replace("-idx", ".idx", StringComparison.Ordinal);
            return [Name, Name + ".gz", dotted, dotted + ".gz"];
        }
    }

    /// <summary>Sees that a tensor read from this file is what was published.</summary>
    /// <exception cref="DatasetException">It is not.</exception>
    public void Check(Tensor tensor, string path, string dataset)
    {
        CheckShape(tensor, path, dataset);
        CheckHash(tensor, path, dataset);
    }

    /// <summary>The quick half of <see cref="Check"/>.</summary>
    /// <exception cref="DatasetException">The shape is another.</exception>
    public void CheckShape(Tensor tensor, string path, string dataset)
    {
        if (tensor.Shape != Shape)
        {
            throw new DatasetException($"{path}: expected the {Shape} of {dataset}, got {tensor.Shape}; get the published file again.");
        }
    }

    /// <summary>The slow half of <see cref="Check"/>.</summary>
    /// <exception cref="DatasetException">The content is another.</exception>
    public void CheckHash(Tensor tensor, string path, string dataset)
    {
        string hash = Hash(tensor);
        if (hash != Sha256)
        {
            throw new DatasetException(
                $"{path}: expected SHA-256 {Sha256} (of the uncompressed file, {dataset}), got {hash}; the file is damaged or is not {dataset}, replace it with the published one.");
        }
    }

    /// <summary>The SHA-256 of the IDX file that a tensor of bytes was read from; its header follows from the tensor.</summary>
    public static string Hash(Tensor tensor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(IdxFile.Header(tensor));
        hash.AppendData(tensor.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
