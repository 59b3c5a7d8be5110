// Verifier gives Go's own verdicts on certificates, for the test that compares aggctl's judgement with them.
// It reads a JSON list of cases from stdin and writes the list of verdicts to stdout, "" where Go is content.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"time"
)

// A Case asks one question: whether a bundle of CAs loads, whether a pair loads, or whether a chain verifies.
type Case struct {
	Bundle *string
	Cert   *string
	Key    string
	Chain  string
	Roots  string
	At     time.Time
	Usage  string
	// Host is the name that a server's leaf must be for; any when empty.
	Host string
	// RenewLeaf takes the leaf's own dates as good.
	RenewLeaf bool
}

// A Verdict is Go's text and, of a chain, what kind of error it is and of which certificate (0 is the leaf, 1 one above it).
type Verdict struct {
	Text  string `json:"text"`
	Kind  string `json:"kind"`
	Above bool   `json:"above"`
}

func main() {
	var cases []Case
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		fmt.Fprintln(os.Stderr, "reading the cases:", err)
		os.Exit(1)
	}
	verdicts := make([]Verdict, len(cases))
	for i, c := range cases {
		verdicts[i] = c.judge()
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		fmt.Fprintln(os.Stderr, "writing the verdicts:", err)
		os.Exit(1)
	}
}

func (c Case) judge() Verdict {
	switch {
	case c.Bundle != nil:
		_, err := parseCertsPEM([]byte(*c.Bundle))
		return textOf(err)
	case c.Cert != nil:
		_, err := tls.X509KeyPair([]byte(*c.Cert), []byte(c.Key))
		return textOf(err)
	}
	chain, err := parseCertsPEM([]byte(c.Chain))
	if err != nil {
		return Verdict{Text: err.Error(), Kind: "unreadable chain"}
	}
	roots := x509.NewCertPool()
	if c.Roots != "" {
		trusted, err := parseCertsPEM([]byte(c.Roots))
		if err != nil {
			return Verdict{Text: err.Error(), Kind: "unreadable roots"}
		}
		for _, root := range trusted {
			roots.AddCert(root)
		}
	}
	leaf := chain[0]
	if c.RenewLeaf {
		leaf.NotBefore, leaf.NotAfter = c.At.Add(-time.Hour), c.At.Add(time.Hour)
	}
	options := x509.VerifyOptions{Roots: roots, CurrentTime: c.At.UTC(), KeyUsages: []x509.ExtKeyUsage{usages[c.Usage]}, DNSName: c.Host}
	// As the authenticators of k8s.io/apiserver/pkg/authentication/request/x509.
	if len(chain) > 1 {
		options.Intermediates = x509.NewCertPool()
		for _, intermediate := range chain[1:] {
			options.Intermediates.AddCert(intermediate)
		}
	}
	_, err = leaf.Verify(options)
	return verdictOf(err, leaf, c.At)
}

var usages = map[string]x509.ExtKeyUsage{"clientAuth": x509.ExtKeyUsageClientAuth, "serverAuth": x509.ExtKeyUsageServerAuth}

func textOf(err error) Verdict {
	if err == nil {
		return Verdict{}
	}
	return Verdict{Text: err.Error()}
}

func verdictOf(err error, leaf *x509.Certificate, at time.Time) Verdict {
	verdict := textOf(err)
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	switch {
	case err == nil:
	case errors.As(err, &unknown):
		verdict.Kind, verdict.Above = "unknown-authority", !bytes.Equal(unknown.Cert.Raw, leaf.Raw)
	case errors.As(err, &hostname):
		verdict.Kind = "hostname"
	case errors.As(err, &invalid):
		verdict.Kind, verdict.Above = kindOf(invalid, at), !bytes.Equal(invalid.Cert.Raw, leaf.Raw)
	default:
		verdict.Kind = "other"
	}
	return verdict
}

func kindOf(err x509.CertificateInvalidError, at time.Time) string {
	switch err.Reason {
	case x509.Expired:
		if at.Before(err.Cert.NotBefore) {
			return "not-yet-valid"
		}
		return "expired"
	case x509.IncompatibleUsage:
		return "incompatible-usage"
	case x509.NotAuthorizedToSign:
		return "not-authorized-to-sign"
	case x509.CANotAuthorizedForThisName, x509.TooManyIntermediates:
		return "constraint"
	}
	return "other"
}

// parseCertsPEM is k8s.io/client-go/util/cert.ParseCertsPEM (v1.37).
func parseCertsPEM(text []byte) ([]*x509.Certificate, error) {
	var certificates []*x509.Certificate
	for len(text) > 0 {
		var block *pem.Block
		block, text = pem.Decode(text)
		if block == nil {
			break
		}
		if block.Type != "CERTIFICATE" || len(block.Headers) != 0 {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		certificates = append(certificates, certificate)
	}
	if len(certificates) == 0 {
		return nil, errors.New("data does not contain any valid RSA or ECDSA certificates")
	}
	return certificates, nil
}
